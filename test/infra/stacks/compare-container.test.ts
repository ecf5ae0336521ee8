import { expect, test } from "vitest";
import { readBuilt } from "../../../infra/stacks/built-container.ts";
import { compareContainer } from "../../../infra/stacks/compare-container.ts";
import type { Inspected } from "../../../infra/stacks/docker-host.ts";

const secret = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270" };
const inputs = {
  name: "app-x-web-a",
  image: "sha256:a",
  memory: 64,
  envs: { ...secret, plaintext: '["A=1","B=geheim"]' },
  mounts: [{ type: "volume", source: "app-x-data", target: "/data" }],
  networkMode: "bridge",
  networksAdvanced: [{ name: "app-x" }],
};
const built = { name: "web-a", id: "1", ...readBuilt(inputs) };

function present(given: Partial<Inspected> = {}): Inspected {
  return {
    Id: "1",
    Name: "/app-x-web-a",
    Image: "sha256:a",
    State: { Running: true },
    Config: { Image: "sha256:a", Env: ["A=1", "B=geheim", "PATH=/usr/bin"] },
    HostConfig: { Memory: 64 * 2 ** 20, NetworkMode: "bridge" },
    Mounts: [
      { Type: "volume", Name: "app-x-data", Source: "/var/lib/docker/volumes/app-x-data", Destination: "/data" },
      { Type: "tmpfs", Source: "", Destination: "/tmp" },
    ],
    NetworkSettings: { Networks: { "app-x": {} } },
    ...given,
  };
}

test("a container as it was built differs in nothing, whatever its image brings", () => {
  expect(compareContainer(built, present())).toEqual([]);
});

test("a folder that its image wants to have as a volume is one of Docker's own, unless somebody gave another", () => {
  const Config = { Image: "sha256:a", Env: ["A=1", "B=geheim"], Volumes: { "/cache/": {} } };
  const mounted = (Name: string, Destination: string) =>
    compareContainer(
      built,
      present({ Config, Mounts: [...present().Mounts, { Type: "volume", Name, Source: "/var/lib", Destination }] }),
    );
  const byChance = "5e".repeat(32);
  expect(mounted(byChance, "/cache")).toEqual([]);
  expect(mounted(byChance, "/etc")).toMatchObject([{ property: "mounts" }]);
  expect(mounted("app-y-data", "/cache")).toMatchObject([{ property: "mounts" }]);
});

test.each<[string, Partial<Inspected>]>([
  ["container", { Id: "2" }],
  ["image", { Image: "sha256:b", Config: { Image: "web:latest", Env: ["A=1", "B=geheim"] } }],
  ["envs", { Config: { Image: "sha256:a", Env: ["A=1", "B=lain"] } }],
  ["memory", { HostConfig: { Memory: 96 * 2 ** 20, NetworkMode: "bridge" } }],
  ["mounts", { Mounts: [{ Type: "bind", Source: "/srv", Destination: "/data" }] }],
  ["networks", { NetworkSettings: { Networks: { "app-x": {}, lain: {} } } }],
  [
    "ports",
    { HostConfig: { Memory: 64 * 2 ** 20, NetworkMode: "bridge", PortBindings: { "80/tcp": [{ HostPort: "9000" }] } } },
  ],
])("another %s is told, and no secret with it", (property, given) => {
  const drift = compareContainer(built, present(given));
  expect(drift.map((each) => each.property)).toEqual([property]);
  expect(JSON.stringify(drift)).not.toContain("geheim");
});
