import { type MadeImage, madeLabel, recipeOf } from "../../core/domain/hosting/made-image.ts";
import { type DockerHost, linesOf } from "../../infra/stacks/docker-host.ts";
import { type Limits, Unreadable, usualLimits } from "../checks/limits.ts";
import { HostFailed, type StoredFile } from "./hosts.ts";
import { unpackInChild } from "./unpack-in-child.ts";

const within = { patienceMs: 10 * 60_000 };

/** Of the container that an image is made of; it is never started. No label: the image, and what runs by it, would have it too. */
const makingName = "simpul-making-";

/**
 * Makes an image of another one and an archive: no program of either runs. What was made of the same before is found again.
 *
 * @returns its ID
 * @throws HostFailed archive-unreadable; StackFault
 */
export async function makeImage(
  docker: DockerHost,
  image: MadeImage,
  archive: StoredFile,
  { passphrase, limits = usualLimits }: { passphrase: string; limits?: Limits },
): Promise<string> {
  const recipe = recipeOf(image, archive.sha256, passphrase);
  const made = await listOf(docker, ["image", "ls", "--quiet", "--no-trunc"], `label=${madeLabel}=${recipe}`);
  if (made[0] !== undefined) return made[0];
  await removeUnfinished(docker, recipe);
  const create = ["container", "create", "--network", "none", "--name", makingName + recipe, "--", image.base];
  const container = (await docker.run([...create, "/nothing"], within)).trim();
  try {
    await unpackInChild(archive.path, { what: "tree", limits, image }, (stdin) =>
      docker.run(["container", "cp", "-", `${container}:/`], { stdin, ...within }),
    );
    const commit = ["container", "commit", "--change", `LABEL ${madeLabel}=${recipe}`, container];
    return (await docker.run(commit, within)).trim();
  } catch (fault) {
    if (!(fault instanceof Unreadable)) throw fault;
    throw new HostFailed("archive-unreadable", `making an image: ${fault.finding.code}`, { cause: fault });
  } finally {
    await removeUnfinished(docker, recipe);
  }
}

/** Also what a crash has left. */
async function removeUnfinished(docker: DockerHost, recipe: string): Promise<void> {
  const left = await listOf(
    docker,
    ["container", "ls", "--all", "--quiet", "--no-trunc"],
    `name=^/${makingName}${recipe}$`,
  );
  if (left.length > 0) await docker.run(["container", "rm", "--force", "--volumes", ...left]);
}

async function listOf(docker: DockerHost, command: readonly string[], filter: string): Promise<string[]> {
  return linesOf(await docker.run([...command, "--filter", filter]));
}
