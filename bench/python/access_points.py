"""Makes the access point that an event asks for: the calls of access-points."""

import hashlib
import json
import os

import boto3

efs = boto3.client("efs")
events = boto3.client("events")


def handler(event, context):
    wish = event["detail"]
    found = efs.describe_file_systems(FileSystemId=wish["fileSystem"])["FileSystems"][0]
    allowed = next(t["Value"] for t in found["Tags"] if t["Key"] == "efs-autopilot/allow")
    path = f"/{wish['family']}/{wish['volume']}"
    if not any(path.startswith(prefix) for prefix in allowed.split()):
        return tell("Access Point Refused", {"path": path})
    token = hashlib.sha256(f"{wish['fileSystem']} {path}".encode()).hexdigest()
    made = efs.create_access_point(
        ClientToken=token,
        FileSystemId=wish["fileSystem"],
        PosixUser={"Uid": 1000, "Gid": 1000},
        RootDirectory={
            "Path": path,
            "CreationInfo": {"OwnerUid": 1000, "OwnerGid": 1000, "Permissions": "0750"},
        },
        Tags=[{"Key": "efs-autopilot/managed", "Value": os.environ["STACK_NAME"]}],
    )
    return tell("Access Point Ready", {"accessPoint": made["AccessPointId"], "path": path})


def tell(kind, detail):
    entry = {"Source": "efs-autopilot", "DetailType": kind, "Detail": json.dumps(detail)}
    events.put_events(Entries=[entry])
    return detail
