import { cp, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { judgeTarget, lookAtTarget } from "../../cli/doctor/hosting.ts";
import { preparePulumiState } from "../../core/db/hosting/pulumi-state.ts";
import { stackLabel } from "../../core/domain/hosting/stack-names.ts";
import type { HostInput } from "../../infra/stack-input.ts";
import { openStacks, type StackContext } from "../../infra/stacks/context.ts";
import { purgeStack } from "../../infra/stacks/destroy.ts";
import { openDockerHost } from "../../infra/stacks/docker-host.ts";
import { findDrift } from "../../infra/stacks/drift.ts";
import { updateStack } from "../../infra/stacks/update.ts";
import { loadImage } from "../../worker/hosting/load-image.ts";
import { openAuthority } from "../monitor/support/certificates.ts";
import { emptyDatabase } from "../support/database.ts";
import { testHosting } from "../support/hosting.ts";
import { anApplication, aSlot } from "../support/stack-inputs.ts";
import { type DockerEngine, openDockerEngine } from "./support/docker-engine.ts";
import { temporaryFolder } from "./support/folders.ts";
import { saveWebImage } from "./support/images.ts";
import { openSshServer } from "./support/ssh-server.ts";
import { listenWithTls, makeTlsFolder, tlsPort } from "./support/tls-folder.ts";

const stack = new AsyncDisposableStack();
let home: string;
let engine: DockerEngine;
let ssh: Awaited<ReturnType<typeof openSshServer>>;
let context: StackContext;

beforeAll(async () => {
  home = stack.use(await temporaryFolder()).path;
  engine = stack.use(await openEngineWithTls());
  ssh = stack.use(await openSshServer(engine));
  vi.stubEnv("PATH", ssh.path);
  const database = await emptyDatabase();
  stack.defer(() => database.drop());
  await mkdir(join(home, "stacks"));
  await saveWebImage(engine, "halo", join(home, "image.tar"));
  const passphraseFile = join(home, "passphrase");
  await writeFile(passphraseFile, "only-for-this-test");
  context = await openStacks({ home, passphraseFile, ...(await preparePulumiState(database.config)) });
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await stack.disposeAsync();
});

const byTls = (certificates: string): HostInput => ({
  endpoint: `tcp://${engine.address}:${tlsPort}`,
  certificates: join(home, certificates),
});
const bySsh = (account = "root"): HostInput => ({ endpoint: `ssh://${account}@${engine.address}` });

describe.concurrent("on a host over the network", () => {
  test.each([
    { way: "tcp", subnet: "10.44.0", at: () => byTls("client"), swap: swapAuthority },
    { way: "ssh", subnet: "10.45.0", at: () => bySsh(), swap: swapHostKey },
  ])("an application is built, compared and removed by $way, and not where another host answers", async (given) => {
    const { subnet, swap } = given;
    const name = `app-${given.way}`;
    const host = given.at();
    const image = await loadImage(openDockerHost(host), join(home, "image.tar"), new AbortController().signal);
    const application = anApplication({
      ...{ name, host },
      network: { subnet: `${subnet}.0/29`, gateway: `${subnet}.1` },
      web: [aSlot({ image, address: `${subnet}.2` })],
    });

    await writeInput(application);
    expect(await updateStack(context, name)).toEqual({ ok: true });
    expect(whatStands(name)).toEqual([`${name}-web-a`, name, `${name}-data`]);
    expect(await findDrift(context, name)).toEqual({ ok: true, value: [] });

    await swap("another");
    await expect(findDrift(context, name)).rejects.toMatchObject({ reason: "host-untrusted" });

    await swap("host");
    expect(await purgeStack(context, name)).toMatchObject({ ok: true });
    expect(whatStands(name)).toEqual([]);
    expect(await findDrift(context, name)).toEqual({ ok: true, value: [] });
  });
});

describe("doctor", () => {
  test.each([
    ["tcp", () => byTls("client"), "whether its firewall is prepared cannot be seen from here"],
    ["ssh", () => bySsh(), "its firewall is prepared"],
  ])("sees the engine by %s, and what of its rules can be seen", async (_way, host, rules) => {
    const { endpoint } = host();
    const says = expect.stringMatching(`^dc: the engine [\\d.]+\\S* answers at ${endpoint}; ${rules}`);
    expect(await judge(host())).toEqual([expect.objectContaining({ grade: "ok", says })]);
  });
});

describe("a host is not trusted", () => {
  test.each([
    ["the host does not take the certificate in cert.pem", "stranger"],
    ["the host's certificate is not of ca.pem, not of this address, or not valid today", "deceived"],
    ["ca.pem, cert.pem or key.pem cannot be read", "missing"],
  ])("over TLS: %s", async (why, certificates) => {
    await expectRefused(byTls(certificates), why, "DOCKER_CERT_PATH");
  });

  test.each(["none", "another"] as const)("by ssh where the key that is known of it is %s", async (name) => {
    await ssh.know(name);
    const known = await ssh.known();
    await expectRefused(bySsh(), "the host's SSH key is not known here, or is another one than it was", "known_hosts");
    expect(await ssh.known()).toBe(known);
    await ssh.know("host");
  });

  test("by ssh as somebody whom it does not let in", async () => {
    await expectRefused(bySsh("stranger"), "the host does not take the SSH key of this account", "passphrase");
  });
});

/** A Docker engine that takes who has a certificate of the test's authority; and in `home` certificates of more kinds. */
async function openEngineWithTls(): Promise<DockerEngine> {
  const [ours, others] = [openAuthority(), openAuthority()];
  try {
    makeTlsFolder(join(home, "known"), ours, { by: ours, name: "simpul" });
    makeTlsFolder(join(home, "stranger"), ours, { by: others, name: "simpul" });
    makeTlsFolder(join(home, "deceived"), others, { by: ours, name: "simpul" });
    await swapAuthority("host");
    return await openDockerEngine((address) =>
      listenWithTls(address, makeTlsFolder(join(home, "engine"), ours, { by: ours, name: address })),
    );
  } finally {
    for (const authority of [ours, others]) authority.remove();
  }
}

/** Whom a client takes for the host: itself, or another one, which it is not. */
type Believed = "host" | "another";
const swapHostKey = (believed: Believed) => ssh.know(believed);
function swapAuthority(believed: Believed): Promise<void> {
  return cp(join(home, believed === "host" ? "known" : "deceived"), join(home, "client"), { recursive: true });
}

function writeInput(input: ReturnType<typeof anApplication>): Promise<void> {
  return writeFile(join(home, "stacks", `${input.name}.json`), JSON.stringify(input));
}

async function judge(host: HostInput) {
  const target = { ...testHosting.targets[0], ...host, name: "dc" };
  return judgeTarget(target, await lookAtTarget(target), undefined);
}

/** Before anything is asked of Pulumi, and in one sentence. */
async function expectRefused(host: HostInput, why: string, fix: string): Promise<void> {
  const name = "app-refused";
  await writeInput(anApplication({ name, host }));
  const message = expect.stringMatching(new RegExp(`^docker image inspect on ${host.endpoint}: ${why}$`));
  await untilTold(() =>
    expect(updateStack(context, name)).rejects.toMatchObject({ reason: "host-untrusted", message }),
  );
  const says = `dc: docker version --format on ${host.endpoint}: ${why}`;
  const finding = { grade: "fail", what: "hosting", says, fix: expect.stringContaining(fix) };
  await untilTold(async () => expect(await judge(host)).toEqual([finding]));
}

/** Whom a server of TLS 1.3 does not take may be cut off before it has read why. It is asked again, as the worker does. */
function untilTold(tell: () => Promise<void>): Promise<void> {
  return vi.waitFor(tell, { timeout: 10_000 });
}

/** Its containers, then its networks and volumes. */
function whatStands(name: string): string[] {
  const label = ["--filter", `label=${stackLabel}=${name}`];
  return [
    engine.docker("ps", "--all", "--format", "{{.Names}}", ...label),
    engine.docker("network", "ls", "--format", "{{.Name}}", ...label),
    engine.docker("volume", "ls", "--quiet", ...label),
  ].flatMap((text) => text.split("\n").filter(Boolean));
}
