import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runtime } from "@pulumi/pulumi";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { sealSecret } from "../../core/domain/hosting/sealed-secret.ts";
import { bridgeOf } from "../../core/domain/hosting/stack-names.ts";
import { buildApplication } from "../../infra/components/application.ts";
import { buildPlatform } from "../../infra/components/platform.ts";
import { anApplication, aPlatform, aSlot } from "../support/stack-inputs.ts";

type Asked = { name: string; type: string; inputs: Record<string, unknown> };
let asked: Asked[] = [];
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "simpul-infra-"));
  await writeFile(join(folder, "passphrase"), "rahasia\n");
  process.env.PULUMI_CONFIG_PASSPHRASE_FILE = join(folder, "passphrase");
  const mocks: runtime.Mocks = {
    newResource({ name, type, inputs }) {
      asked.push({ name, type, inputs });
      return { id: `${name}-id`, state: inputs };
    },
    call: ({ inputs }) => inputs,
  };
  await runtime.setMocks(mocks, "simpul", "app-bappeda", false);
});
afterAll(async () => {
  delete process.env.PULUMI_CONFIG_PASSPHRASE_FILE;
  await rm(folder, { recursive: true });
});
beforeEach(() => {
  asked = [];
});

/** What Pulumi is asked for, by the names of the resources. */
async function build(act: () => void): Promise<Record<string, Asked>> {
  act();
  await runtime.disconnect();
  return Object.fromEntries(asked.map((each) => [each.name, each]));
}

describe("an application", () => {
  test("has a network of its own, whose bridge the firewall knows, its volumes and its container", async () => {
    const made = await build(() => buildApplication(anApplication()));

    expect(Object.keys(made).sort()).toEqual(["host", "network", "volume-data", "web-a"]);
    expect(made.network?.inputs).toMatchObject({
      name: "app-bappeda",
      driver: "bridge",
      ipamConfigs: [{ subnet: "10.44.0.0/29", gateway: "10.44.0.1" }],
      options: { "com.docker.network.bridge.name": bridgeOf("app-bappeda") },
    });
    expect(made["volume-data"]?.inputs).toMatchObject({ name: "app-bappeda-data" });
  });

  test("that a vendor gets at publishes that one port, and is no less closed in for it", async () => {
    const { slot: _slot, ...container } = aSlot({ address: "10.44.0.5" });
    const access = { ...container, port: 2222, publishedPort: 22_001 };
    const made = await build(() => buildApplication(anApplication({ access })));
    expect(made.access?.inputs).toMatchObject({
      ...{ name: "app-bappeda-access", user: "10001:10001", readOnly: true, capabilities: { drops: ["ALL"] } },
      ports: [{ internal: 2222, external: 22_001, ip: "0.0.0.0", protocol: "tcp" }],
      networksAdvanced: [{ ipv4Address: "10.44.0.5" }],
    });
    expect(made["web-a"]?.inputs.ports).toBeUndefined();
  });

  test("that is deleted has its volumes only, which stay protected", async () => {
    const made = await build(() => buildApplication(anApplication({ network: undefined, web: [] })));
    expect(Object.keys(made).sort()).toEqual(["host", "volume-data"]);
  });

  test("is built no other way for what is said to Simpul: what stands is changed by none of it", async () => {
    const settings = { httpPort: 80, httpsPort: 443, intranet: ["10.0.0.0/8"], acmeDirectory: "https://acme.test/" };
    const before = await build(() => buildApplication(anApplication()));
    asked = [];
    const said = anApplication({ filledFrom: "a".repeat(64), keptDays: 30 });
    expect(await build(() => buildApplication(said))).toEqual(before);
    asked = [];
    const proxy = await build(() => buildPlatform(aPlatform()));
    asked = [];
    expect(await build(() => buildPlatform(aPlatform({ settings })))).toEqual(proxy);
  });

  test("has no more rights than it needs, and no more of its host than it was given", async () => {
    const made = await build(() => buildApplication(anApplication()));

    expect(made["web-a"]?.inputs).toMatchObject({
      user: "10001:10001",
      readOnly: true,
      privileged: false,
      capabilities: { drops: ["ALL"] },
      securityOpts: ["no-new-privileges"],
      memory: 64,
      memorySwap: 64,
      cpus: "0.5",
      logDriver: "json-file",
      logOpts: { "max-size": "10m", "max-file": "3" },
      restart: "always",
      mounts: [{ type: "volume", source: "app-bappeda-data", target: "/data", readOnly: false }],
    });
    expect(JSON.stringify(made)).not.toContain('docker.sock","target');
    expect(made["web-a"]?.inputs.ports).toBeUndefined();
  });

  test("has temporary folders as large as its size says", async () => {
    const made = await build(() => buildApplication(anApplication({ web: [aSlot({ temporaryMb: 16 })] })));
    expect(made["web-a"]?.inputs.tmpfs).toEqual({ "/tmp": "rw,noexec,nosuid,size=16m" });
  });

  // Each of them drifted, or was decided by the engine, while it was not set.
  test.each([
    ["memorySwap", 64],
    ["networkMode", "bridge"],
    ["ipcMode", "private"],
    ["logDriver", "json-file"],
    ["networksAdvanced", [{ name: "app-bappeda", ipv4Address: "10.44.0.2" }]],
  ])("says %s itself", async (property, value) => {
    const made = await build(() => buildApplication(anApplication()));
    expect(made["web-a"]?.inputs[property]).toEqual(value);
  });

  test("says a whole number of processors as the engine does", async () => {
    const made = await build(() => buildApplication(anApplication({ web: [aSlot({ cpus: 2 })] })));
    expect(made["web-a"]?.inputs.cpus).toBe("2.0");
  });

  test("is known by its labels, also to who has lost the state", async () => {
    const made = await build(() => buildApplication(anApplication()));
    const urn = "urn:pulumi:app-bappeda::simpul::docker:index/container:Container::web-a";
    expect(made["web-a"]?.inputs.labels).toEqual([
      { label: "simpul.stack", value: "app-bappeda" },
      { label: "simpul.urn", value: urn },
    ]);
    expect(JSON.stringify(made.network?.inputs.labels)).toContain("docker:index/network:Network::network");
    expect(JSON.stringify(made["volume-data"]?.inputs.labels)).toContain("docker:index/volume:Volume::volume-data");
  });

  test("has its secrets opened, and they are secrets of Pulumi's", async () => {
    const sealed = sealSecret("rahasia", "kata sandi", new Uint8Array(12));
    const web = [aSlot({ environment: [{ name: "DB_PASSWORD", sealed }] })];
    const made = await build(() => buildApplication(anApplication({ web })));
    // Pulumi's mark of a secret. source: pulumi/sdk, specialSecretSig
    expect(made["web-a"]?.inputs.envs).toEqual({
      "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
      value: ["DB_PASSWORD=kata sandi"],
    });
  });

  test("can be stopped, and keeps its network and its data", async () => {
    const made = await build(() => buildApplication(anApplication({ web: [] })));
    expect(Object.keys(made).sort()).toEqual(["host", "network", "volume-data"]);
  });
});

test("a platform has the proxy in the host's network, with one right, and its orders on a socket of its own", async () => {
  const made = await build(() => buildPlatform(aPlatform()));

  expect(Object.keys(made).sort()).toEqual(["host", "proxy", "proxy-config", "proxy-data"]);
  expect(made.proxy?.inputs).toMatchObject({
    networkMode: "host",
    capabilities: { adds: ["CAP_NET_BIND_SERVICE"], drops: ["ALL"] },
    securityOpts: ["no-new-privileges"],
    uploads: [{ content: JSON.stringify({ admin: { listen: "unix//run/caddy/admin.sock" } }) }],
  });
});
