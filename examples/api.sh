#!/usr/bin/env bash
# Calls every route of the API, signed as IAM requires: what changes something first as a dry run, then for real.
# Prints each call with its status and answer; exits with 1 where a status is not the one that is expected.
#
#   API_URL=… AWS_REGION=… AWS_ACCESS_KEY_ID=… AWS_SECRET_ACCESS_KEY=… [AWS_SESSION_TOKEN=…] \
#   FILE_SYSTEM=fs-… CLUSTER=… TASK=<id of one that runs> STOPPED_TASK=<id> SERVICE=… TASK_DEFINITION=family:revision \
#   SUBNET=subnet-… SECURITY_GROUP=sg-… [PICTURES=folder] examples/api.sh
#
# API_URL is the stack's output ApiUrl. Needs curl 8.1 or newer; 7.75 will do where no signature is checked.
set -euo pipefail

for name in API_URL AWS_REGION AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY FILE_SYSTEM CLUSTER TASK STOPPED_TASK SERVICE \
  TASK_DEFINITION SUBNET SECURITY_GROUP; do
  [ -n "${!name:-}" ] || { echo "api.sh: $name is not set, see the head of this file" >&2; exit 2; }
done

answer=$(mktemp)
trap 'rm -f "$answer"' EXIT
failures=0
family=${TASK_DEFINITION%:*}

# call STATUS METHOD PATH [BODY [HEADER...]]
call() {
  local wanted=$1 method=$2 path=$3 body=${4:-} header status
  local options=(-sS -o "$answer" -w '%{http_code}' -X "$method" --aws-sigv4 "aws:amz:$AWS_REGION:execute-api"
    --user "$AWS_ACCESS_KEY_ID:$AWS_SECRET_ACCESS_KEY")
  [ -z "${AWS_SESSION_TOKEN:-}" ] || options+=(-H "X-Amz-Security-Token: $AWS_SESSION_TOKEN")
  [ -z "$body" ] || options+=(-H 'Content-Type: application/json' --data "$body")
  for header in "${@:5}"; do options+=(-H "$header"); done
  status=$(curl "${options[@]}" "$API_URL$path")
  printf '%s %s %s %s\n  %s\n' "$status" "$method" "$path" "$body" "$(head -c 2000 "$answer")"
  [ "$status" = "$wanted" ] || { echo "  expected $wanted" >&2; failures=$((failures + 1)); }
}

# picture PATH NAME
picture() {
  call 200 GET "$1" '' 'Accept: image/svg+xml'
  [ -z "${PICTURES:-}" ] || cp "$answer" "$PICTURES/$2.svg"
}

wish="{\"fileSystem\":\"$FILE_SYSTEM\",\"family\":\"$family\",\"volume\":\"by-hand\""
key="Idempotency-Key: api-$$-$RANDOM"
call 200 POST /access-points "$wish,\"dryRun\":true}"
call 200 POST /access-points "$wish}" "$key"
call 200 POST /access-points "$wish}" "$key"
call 422 POST /access-points "$wish,\"uid\":999}" "$key"
call 200 GET "/file-systems/$FILE_SYSTEM/access-points?limit=10"

call 200 POST "/task-definitions/$TASK_DEFINITION/volumes?dryRun=true"
call 200 POST "/task-definitions/$TASK_DEFINITION/volumes"

for whose in "\"task\":\"$TASK\"" "\"tasks\":[\"$TASK\"]" "\"family\":\"$family\"" "\"service\":\"$SERVICE\""; do
  call 200 POST /nfs-ingress "{\"cluster\":\"$CLUSTER\",$whose,\"dryRun\":true}"
  call 200 POST /nfs-ingress "{\"cluster\":\"$CLUSTER\",$whose}"
done

call 200 GET "/clusters/$CLUSTER/tasks/$TASK/diagnosis"
picture "/clusters/$CLUSTER/tasks/$TASK/diagnosis" task
call 200 GET "/clusters/$CLUSTER/services/$SERVICE/diagnosis"
call 200 POST /diagnosis \
  "{\"taskDefinition\":\"$TASK_DEFINITION\",\"subnets\":[\"$SUBNET\"],\"securityGroups\":[\"$SECURITY_GROUP\"]}"
call 200 GET "/clusters/$CLUSTER/storage"
picture "/clusters/$CLUSTER/storage" cluster

call 200 POST "/clusters/$CLUSTER/tasks/$STOPPED_TASK/rerun?dryRun=true"
call 200 POST "/clusters/$CLUSTER/tasks/$STOPPED_TASK/rerun" '' "$key-rerun"
call 200 POST "/clusters/$CLUSTER/tasks/$STOPPED_TASK/rerun" '' "$key-rerun"
call 200 POST "/clusters/$CLUSTER/tasks/$STOPPED_TASK/rerun?dryRun=true" '{"stop":true}'
call 200 POST "/clusters/$CLUSTER/tasks/$STOPPED_TASK/rerun" '{"stop":true}'

call 400 POST /access-points "$wish,\"colour\":\"red\"}"
call 400 POST /nfs-ingress '[]'
call 404 GET "/clusters/$CLUSTER/tasks/00000000000000000000000000000000/diagnosis"

[ "$failures" -eq 0 ] || { echo "api.sh: $failures calls were not answered as expected" >&2; exit 1; }
