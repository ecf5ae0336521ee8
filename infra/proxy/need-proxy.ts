import type { DockerHost } from "../stacks/docker-host.ts";

/**
 * What applications lean on was built on this host.
 *
 * @param stack of the platform, after which the proxy is named
 * @throws StackFault proxy-missing: it never was, or its container is gone
 */
export async function needProxy(docker: DockerHost, stack: string): Promise<void> {
  await docker.run(["container", "inspect", "--format", "{{.Id}}", `${stack}-proxy`]);
}
