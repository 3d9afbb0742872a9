"""Looks at everything between a task and its file system: the calls of doctor."""

import json
from datetime import datetime, timedelta, timezone

import boto3

ecs = boto3.client("ecs")
ec2 = boto3.client("ec2")
efs = boto3.client("efs")
cloudwatch = boto3.client("cloudwatch")


def handler(event, context):
    asked = event["pathParameters"]
    task = ecs.describe_tasks(
        cluster=asked["cluster"], tasks=[asked["task"]], include=["TAGS"]
    )["tasks"][0]
    definition = ecs.describe_task_definition(
        taskDefinition=task["taskDefinitionArn"], include=["TAGS"]
    )["taskDefinition"]
    eni = next(
        d["value"]
        for a in task["attachments"]
        for d in a["details"]
        if d["name"] == "networkInterfaceId"
    )
    interface = ec2.describe_network_interfaces(NetworkInterfaceIds=[eni])["NetworkInterfaces"][0]
    checks = {}
    for volume in definition["volumes"]:
        configuration = volume.get("efsVolumeConfiguration")
        if configuration:
            checks[volume["name"]] = look(configuration["fileSystemId"], interface)
    return {"statusCode": 200, "body": json.dumps(checks)}


def look(file_system, interface):
    found = efs.describe_file_systems(FileSystemId=file_system)["FileSystems"][0]
    targets = efs.describe_mount_targets(FileSystemId=file_system)["MountTargets"]
    zone = interface["AvailabilityZone"]
    target = next((t for t in targets if t["AvailabilityZoneName"] == zone), None)
    if target is None:
        return {"mount target": "none in " + zone}
    groups = efs.describe_mount_target_security_groups(
        MountTargetId=target["MountTargetId"]
    )["SecurityGroups"]
    mine = [g["GroupId"] for g in interface["Groups"]]
    checks = {"state": found["LifeCycleState"], "policy": policy(file_system)}
    checks["load"] = load(file_system)
    checks.update(names(interface["VpcId"]))
    rules = ec2.describe_security_group_rules(
        Filters=[{"Name": "group-id", "Values": groups + mine}]
    )["SecurityGroupRules"]
    checks["open"] = any(
        not r["IsEgress"] and r.get("ReferencedGroupInfo", {}).get("GroupId") in mine
        for r in rules
    )
    return checks


def policy(file_system):
    try:
        return efs.describe_file_system_policy(FileSystemId=file_system)["Policy"]
    except efs.exceptions.PolicyNotFound:
        return ""


def load(file_system):
    now = datetime.now(timezone.utc)
    metric = {
        "Namespace": "AWS/EFS", "MetricName": "PercentIOLimit",
        "Dimensions": [{"Name": "FileSystemId", "Value": file_system}],
    }
    query = {"Id": "limit", "MetricStat": {"Metric": metric, "Period": 300, "Stat": "Average"}}
    return cloudwatch.get_metric_data(
        StartTime=now - timedelta(hours=1), EndTime=now, MetricDataQueries=[query]
    )["MetricDataResults"][0]["Values"]


def names(vpc):
    support = ec2.describe_vpc_attribute(VpcId=vpc, Attribute="enableDnsSupport")
    hostnames = ec2.describe_vpc_attribute(VpcId=vpc, Attribute="enableDnsHostnames")
    options = ec2.describe_vpcs(VpcIds=[vpc])["Vpcs"][0]["DhcpOptionsId"]
    ec2.describe_dhcp_options(DhcpOptionsIds=[options])
    return {
        "dns support": support["EnableDnsSupport"]["Value"],
        "dns hostnames": hostnames["EnableDnsHostnames"]["Value"],
    }
