import { randomUUID } from "node:crypto";
import { type DockerHost, removeContainers } from "../../infra/stacks/docker-host.ts";

/**
 * Works with a container that is thrown away afterwards, whatever comes of it. What a crash has left of the same is thrown away
 * first, and what another worker has begun of it meanwhile is left alone: the name of each is its own.
 *
 * @param what names what it is for: "simpul-trying-" and a hash
 * @param work is given the container's name, and makes it
 */
export async function withThrowAway<Done>(
  docker: DockerHost,
  what: string,
  work: (name: string) => Promise<Done>,
): Promise<Done> {
  await removeContainers(docker, `name=^/${what}`);
  const name = `${what}-${randomUUID()}`;
  try {
    return await work(name);
  } finally {
    await removeContainers(docker, `name=^/${name}$`);
  }
}
