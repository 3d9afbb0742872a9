// A PostgreSQL service that keeps its data on Amazon EFS, by one tag.
import { App, Stack, StackProps, Tags, aws_ec2 as ec2, aws_ecs as ecs } from 'aws-cdk-lib';

class OrdersDb extends Stack {
  constructor(app: App, id: string, props: StackProps & { fileSystem: string }) {
    super(app, id, props);

    const definition = new ecs.FargateTaskDefinition(this, 'Definition', {
      family: 'orders-db',
      cpu: 512,
      memoryLimitMiB: 1024,
      // Empty: the automation registers the next revision, which has the access point in its place.
      volumes: [{ name: 'data' }],
    });
    definition
      .addContainer('db', { image: ecs.ContainerImage.fromRegistry('public.ecr.aws/docker/library/postgres:17') })
      .addMountPoints({ sourceVolume: 'data', containerPath: '/var/lib/postgresql/data', readOnly: false });

    // PostgreSQL runs as 999 in this image, and refuses a directory that others may read. The CDK always makes a task role;
    // iam=off mounts without it, so that it needs no rights to the file system.
    Tags.of(definition).add(
      'efs-autopilot/volume/data',
      `fs=${props.fileSystem} uid=999 gid=999 mode=0700 iam=off`,
      // Not on the roles and groups below the construct.
      { includeResourceTypes: ['AWS::ECS::TaskDefinition'] },
    );
    // CloudFormation deploys its own revision, then the automation moves the service to the derived one: two deployments for
    // each of yours, and drift detection shows the service's TaskDefinition as MODIFIED. Without this tag the service stays
    // without the volume until you deploy the derived revision yourself. Either way drift detection shows the tags that tell
    // the outcome on the definition (efs-autopilot/status, efs-autopilot/derived).
    Tags.of(definition).add('efs-autopilot/deploy', 'on', { includeResourceTypes: ['AWS::ECS::TaskDefinition'] });

    const vpc = new ec2.Vpc(this, 'Vpc', { maxAzs: 2 });
    new ecs.FargateService(this, 'Service', {
      cluster: new ecs.Cluster(this, 'Cluster', { vpc }),
      taskDefinition: definition,
      desiredCount: 1,
      // One writer at a time: the old task stops before the new one starts.
      minHealthyPercent: 0,
      maxHealthyPercent: 100,
    });
  }
}

const app = new App();
new OrdersDb(app, 'orders-db', { fileSystem: app.node.tryGetContext('fileSystem') ?? 'name:storage' });
