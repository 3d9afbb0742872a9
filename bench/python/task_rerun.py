"""Decides whether a stopped task is to run again, here that it is not: the calls of task-rerun."""

import boto3

ecs = boto3.client("ecs")


def handler(event, context):
    detail = event["detail"]
    task = ecs.describe_tasks(
        cluster=detail["clusterArn"], tasks=[detail["taskArn"]], include=["TAGS"]
    )["tasks"][0]
    definition = ecs.describe_task_definition(
        taskDefinition=task["taskDefinitionArn"], include=["TAGS"]
    )
    tags = {t["key"]: t["value"] for t in definition["tags"] + task.get("tags", [])}
    policy = tags.get("efs-autopilot/rerun", "on=off")
    return {"task": task["taskArn"], "rerun": policy != "on=off"}
