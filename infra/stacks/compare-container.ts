import { resolve } from "node:path/posix";
import type { Drift } from "../../core/domain/hosting/drift.ts";
import type { BuiltContainer } from "./built-container.ts";
import type { Inspected } from "./docker-host.ts";

/** What of a container is not as it was built. @param built `id` is that of the container that was built */
export function compareContainer(built: BuiltContainer & { name: string; id: string }, present: Inspected): Drift[] {
  const differs = (property: string, from: string, to: string): Drift[] =>
    from === to ? [] : [{ kind: "container", name: built.name, property, from, to }];
  return [
    ...differs("container", built.id, present.Id),
    ...differs("image", built.image, imageOf(built.image, present)),
    ...differs("memory", `${built.memoryMb} MB`, `${present.HostConfig.Memory / 2 ** 20} MB`),
    ...differs("mounts", listed(mountsOf(built.mounts)), listed(presentMounts(present))),
    ...differs("networks", listed(built.networks), listed(Object.keys(present.NetworkSettings.Networks))),
    ...differs("ports", listed(built.ports), listed(portsOf(present))),
    ...differsInEnvironment(built, present),
  ];
}

/** By what it is made of, whatever it is called: a digest of a registry is not the image's ID. */
function imageOf(wanted: string, { Image, Config }: Inspected): string {
  return Config.Image === wanted ? wanted : Image;
}

function mountsOf(mounts: Record<string, string>): string[] {
  return Object.entries(mounts).map(([target, source]) => `${target}: ${source}`);
}

function presentMounts({ Mounts, Config }: Inspected): string[] {
  const wished = Object.keys(Config.Volumes ?? {}).map((folder) => resolve(folder));
  const isOfImage = ({ Type, Name = "", Destination }: Inspected["Mounts"][number]) =>
    Type === "volume" && nameless.test(Name) && wished.includes(Destination);
  return Mounts.filter((mount) => mount.Type !== "tmpfs" && !isOfImage(mount)).map(
    ({ Destination, Name, Source }) => `${Destination}: ${Name ?? Source}`,
  );
}

/** Docker makes a volume for each folder that an image wants to have as one, and calls it by chance. */
const nameless = /^[0-9a-f]{64}$/;

/** Of ours only a way in for a vendor publishes one: the proxy goes to their addresses. */
function portsOf({ HostConfig: { PortBindings } }: Inspected): string[] {
  return Object.entries(PortBindings ?? {}).map(([port, bindings]) => {
    const outside = (bindings ?? []).map(({ HostPort }) => HostPort).join(" ");
    return `${port}: ${outside}`;
  });
}

/** What ours is said to be; the image brings variables of its own. */
function differsInEnvironment(built: BuiltContainer & { name: string }, { Config: { Env } }: Inspected): Drift[] {
  const isAsBuilt = built.environment.every((variable) => Env?.includes(variable));
  return isAsBuilt ? [] : [{ kind: "container", name: built.name, property: "envs" }];
}

function listed(items: readonly string[]): string {
  return items.toSorted().join(", ");
}
