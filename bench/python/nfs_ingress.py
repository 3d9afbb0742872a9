"""Opens NFS between a task and its mount target where it is closed: the calls of nfs-ingress."""

import os
import time

import boto3

ecs = boto3.client("ecs")
ec2 = boto3.client("ec2")
efs = boto3.client("efs")
dynamodb = boto3.client("dynamodb")

definitions = {}


def handler(event, context):
    detail = event["detail"]
    task = ecs.describe_tasks(
        cluster=detail["clusterArn"], tasks=[detail["taskArn"]], include=["TAGS"]
    )["tasks"][0]
    open_ways(task)
    return {"task": task["taskArn"]}


def open_ways(task):
    volumes = [
        v["efsVolumeConfiguration"]
        for v in definition(task["taskDefinitionArn"]).get("volumes", [])
        if "efsVolumeConfiguration" in v
    ]
    for volume in volumes:
        open_way(task, volume["fileSystemId"])


def definition(arn):
    if arn not in definitions:
        definitions[arn] = ecs.describe_task_definition(taskDefinition=arn)["taskDefinition"]
    return definitions[arn]


def open_way(task, file_system):
    eni = next(
        d["value"]
        for a in task["attachments"]
        for d in a["details"]
        if d["name"] == "networkInterfaceId"
    )
    interface = ec2.describe_network_interfaces(NetworkInterfaceIds=[eni])["NetworkInterfaces"][0]
    groups = [g["GroupId"] for g in interface["Groups"]]
    found = efs.describe_file_systems(FileSystemId=file_system)["FileSystems"][0]
    if not any(t["Key"] == "efs-autopilot/allow" for t in found["Tags"]):
        return
    for target in efs.describe_mount_targets(FileSystemId=file_system)["MountTargets"]:
        if target["AvailabilityZoneName"] == interface["AvailabilityZone"]:
            let_in(groups, target["MountTargetId"])


def let_in(groups, target):
    targets = efs.describe_mount_target_security_groups(MountTargetId=target)["SecurityGroups"]
    rules = ec2.describe_security_group_rules(
        Filters=[{"Name": "group-id", "Values": targets + groups}]
    )["SecurityGroupRules"]
    is_open = any(
        not r["IsEgress"]
        and r["GroupId"] in targets
        and r["FromPort"] <= 2049 <= r["ToPort"]
        and r.get("ReferencedGroupInfo", {}).get("GroupId") in groups
        for r in rules
    )
    if not is_open:
        ec2.authorize_security_group_ingress(
            GroupId=targets[0],
            IpPermissions=[
                {
                    "IpProtocol": "tcp", "FromPort": 2049, "ToPort": 2049,
                    "UserIdGroupPairs": [{"GroupId": groups[0]}],
                }
            ],
        )
    for key in (f"need#{targets[0]}", f"need#{groups[0]}", f"launch#{target}"):
        remember(key)


def remember(key):
    table = os.environ["LEDGER_TABLE"]
    if "Item" not in dynamodb.get_item(TableName=table, Key={"pk": {"S": key}}):
        expires = {"N": str(int(time.time()) + 86400)}
        dynamodb.put_item(TableName=table, Item={"pk": {"S": key}, "expires": expires})
