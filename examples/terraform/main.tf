# A PostgreSQL service that keeps its data on Amazon EFS, by one tag.

terraform {
  required_version = ">= 1.5"
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.0"
    }
  }
}

# The automation tells its outcome in these tags of the source revision. Without this each plan would remove them.
provider "aws" {
  ignore_tags {
    keys = ["efs-autopilot/status", "efs-autopilot/derived"]
  }
}

variable "cluster" {
  description = "The ECS cluster, by name or ARN."
  type        = string
}

variable "subnets" {
  description = "The subnets of the tasks."
  type        = list(string)
}

variable "security_group" {
  description = "The security group of the tasks."
  type        = string
}

variable "file_system" {
  description = "The file system, by id or as name:<its Name tag>."
  type        = string
}

resource "aws_ecs_task_definition" "db" {
  family                   = "orders-db"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 512
  memory                   = 1024

  container_definitions = jsonencode([{
    name      = "db"
    image     = "public.ecr.aws/docker/library/postgres:17"
    essential = true
  }])

  # The automation registers the next revision of this family, with the volume and its mount point. Terraform keeps to the
  # revision in its state as long as track_latest is false (the default): the plan stays empty.
  track_latest = false

  tags = {
    # PostgreSQL runs as 999 in this image, and refuses a directory that others may read.
    "efs-autopilot/volume/data" = "fs=${var.file_system} mount=db:/var/lib/postgresql/data uid=999 gid=999 mode=0700"
    # The automation moves the service to the derived revision.
    "efs-autopilot/deploy" = "on"
  }
}

resource "aws_ecs_service" "db" {
  name            = "orders-db"
  cluster         = var.cluster
  launch_type     = "FARGATE"
  desired_count   = 1
  task_definition = aws_ecs_task_definition.db.arn

  # One writer at a time: the old task stops before the new one starts.
  deployment_minimum_healthy_percent = 0
  deployment_maximum_percent         = 100

  network_configuration {
    subnets         = var.subnets
    security_groups = [var.security_group]
  }

  # The service is on the derived revision: without this, each plan would move it back to the one without the volume. The
  # price: a new revision reaches the service through the automation only if you take this line out, or deploy it yourself
  # (aws ecs update-service --cluster … --service orders-db --task-definition orders-db).
  lifecycle {
    ignore_changes = [task_definition]
  }
}
