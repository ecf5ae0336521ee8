import { accessContainerOf } from "../../core/domain/hosting/stack-names.ts";
import { type DockerHost, inspectContainers } from "./docker-host.ts";

/** Whoever is in is out, whatever Pulumi is doing. It can be done again, and changes nothing then. */
export async function shutAccess(docker: DockerHost, stack: string): Promise<void> {
  for (const { Id } of await inspectContainers(docker, [accessContainerOf(stack)])) {
    await docker.run(["container", "rm", "--force", Id]);
  }
}
