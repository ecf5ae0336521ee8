import { type MadeImage, madeLabel, recipeOf } from "../../core/domain/hosting/made-image.ts";
import { evidenceLabel } from "../../infra/stacks/contain.ts";
import { type DockerHost, linesOf } from "../../infra/stacks/docker-host.ts";
import { Unreadable, usualLimits } from "../checks/limits.ts";
import { HostFailed, type StoredFile } from "./hosts.ts";
import { withThrowAway } from "./throw-away.ts";
import { unpackInChild } from "./unpack-in-child.ts";

const patienceMs = 10 * 60_000;

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
  { passphrase, signal }: { passphrase: string; signal: AbortSignal },
): Promise<string> {
  const recipe = recipeOf(image, archive.sha256, passphrase);
  const made = await findMade(docker, recipe, signal);
  if (made !== undefined) return made;
  return withThrowAway(docker, makingName + recipe, async (container) => {
    const within = { patienceMs, signal };
    const create = ["container", "create", "--network", "none", "--name", container, "--", image.base];
    await docker.run([...create, "/nothing"], within);
    await unpackInto(container, { docker, image, archive, within });
    const commit = ["container", "commit", "--change", `LABEL ${madeLabel}=${recipe}`, container];
    return (await docker.run(commit, within)).trim();
  });
}

type Unpacking = {
  docker: DockerHost;
  image: MadeImage;
  archive: StoredFile;
  within: { patienceMs: number; signal: AbortSignal };
};

async function unpackInto(container: string, { docker, image, archive, within }: Unpacking): Promise<void> {
  try {
    await unpackInChild(archive.path, { what: "tree", limits: usualLimits, image }, (stdin) =>
      docker.run(["container", "cp", "-", `${container}:/`], { stdin, ...within }),
    );
  } catch (fault) {
    if (!(fault instanceof Unreadable)) throw fault;
    throw new HostFailed("archive-unreadable", `making an image: ${fault.finding.code}`, { cause: fault });
  }
}

/** What is made of a container that ran by it, such as evidence once, has its label too, with all that somebody did to it. */
async function findMade(docker: DockerHost, recipe: string, signal: AbortSignal): Promise<string | undefined> {
  // Without "all", an image without a name is left out as soon as another one is made of it.
  const images = ["image", "ls", "--all", "--quiet", "--no-trunc", "--filter"];
  const evidence = linesOf(await docker.run([...images, `label=${evidenceLabel}`], { signal }));
  const made = linesOf(await docker.run([...images, `label=${madeLabel}=${recipe}`], { signal }));
  // The newest is first.
  return made.findLast((id) => !evidence.includes(id));
}
