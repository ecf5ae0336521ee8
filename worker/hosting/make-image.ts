import { type MadeImage, madeLabel, recipeOf } from "../../core/domain/hosting/made-image.ts";
import { evidenceLabel } from "../../infra/stacks/contain.ts";
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
  const made = await findMade(docker, recipe);
  if (made !== undefined) return made;
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

/** What is made of a container that ran by it, such as evidence once, has its label too, with all that somebody did to it. */
async function findMade(docker: DockerHost, recipe: string): Promise<string | undefined> {
  // Without "all", an image without a name is left out as soon as another one is made of it.
  const images = ["image", "ls", "--all", "--quiet", "--no-trunc"];
  const evidence = await listOf(docker, images, `label=${evidenceLabel}`);
  const made = await listOf(docker, images, `label=${madeLabel}=${recipe}`);
  // The newest is first.
  return made.findLast((id) => !evidence.includes(id));
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
