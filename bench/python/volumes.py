"""Registers the revision with the volume that a tag asks for: the calls of volumes."""

import hashlib
import json
import os
import time

import boto3

ecs = boto3.client("ecs")
efs = boto3.client("efs")
events = boto3.client("events")
dynamodb = boto3.client("dynamodb")

TAG = "efs-autopilot/volume/"
READ_ONLY = {
    "taskDefinitionArn", "revision", "status", "requiresAttributes", "compatibilities",
    "registeredAt", "registeredBy", "deregisteredAt",
}


def handler(event, context):
    arn = event["detail"]["responseElements"]["taskDefinition"]["taskDefinitionArn"]
    answer = ecs.describe_task_definition(taskDefinition=arn, include=["TAGS"])
    source, tags = answer["taskDefinition"], answer["tags"]
    wanted = [(t["key"][len(TAG):], words(t["value"])) for t in tags if t["key"].startswith(TAG)]
    if not wanted:
        return {"ignored": arn}
    derived = {k: v for k, v in source.items() if k not in READ_ONLY}
    for name, wish in wanted:
        attach(derived, name, wish)
    mark("derive", arn)
    kept = [t for t in tags if t["key"] != "efs-autopilot/status"]
    made = ecs.register_task_definition(
        **derived, tags=kept + [{"key": "efs-autopilot/source", "value": arn.split("/")[-1]}]
    )["taskDefinition"]["taskDefinitionArn"]
    mark("derived", arn)
    status = [{"key": "efs-autopilot/status", "value": made.split("/")[-1]}]
    ecs.tag_resource(resourceArn=arn, tags=status)
    entry = {
        "Source": "efs-autopilot", "DetailType": "Volume Ready",
        "Detail": json.dumps({"source": arn, "derived": made}),
    }
    events.put_events(Entries=[entry])
    return {"derived": made}


def words(value):
    return dict(word.split("=", 1) for word in value.split())


def attach(definition, name, wish):
    found = efs.describe_file_systems(FileSystemId=wish["fs"])["FileSystems"][0]
    if not any(t["Key"] == "efs-autopilot/allow" for t in found["Tags"]):
        raise PermissionError(wish["fs"])
    path = f"/{definition['family']}/{name}"
    uid, gid = int(wish.get("uid", 1000)), int(wish.get("gid", 1000))
    token = hashlib.sha256(f"{wish['fs']} {path}".encode()).hexdigest()
    try:
        point = efs.create_access_point(
            ClientToken=token,
            FileSystemId=wish["fs"],
            PosixUser={"Uid": uid, "Gid": gid},
            RootDirectory={
                "Path": path,
                "CreationInfo": {"OwnerUid": uid, "OwnerGid": gid, "Permissions": "0750"},
            },
        )["AccessPointId"]
    except efs.exceptions.AccessPointAlreadyExists as there:
        point = there.response["AccessPointId"]
        efs.describe_access_points(AccessPointId=point)
    definition.setdefault("volumes", []).append(
        {
            "name": name,
            "efsVolumeConfiguration": {
                "fileSystemId": wish["fs"],
                "transitEncryption": "ENABLED",
                "authorizationConfig": {"accessPointId": point},
            },
        }
    )
    container, directory = wish["mount"].split(":")[:2]
    for one in definition["containerDefinitions"]:
        if one["name"] == container:
            one.setdefault("mountPoints", []).append(
                {"sourceVolume": name, "containerPath": directory}
            )


def mark(what, arn):
    dynamodb.put_item(
        TableName=os.environ["LEDGER_TABLE"],
        Item={
            "pk": {"S": f"{what}#{arn}"},
            "body": {"S": "{}"},
            "expires": {"N": str(int(time.time()) + 86400)},
        },
    )
