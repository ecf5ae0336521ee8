import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { explainOutput, type StackFaultReason } from "../../../infra/stacks/fault.ts";
import { isDead, lockHolderIn, type Machine, thisMachine } from "../../../infra/stacks/lock.ts";
import { changedBy, readDiagnostics, readSteps, toPreviewStep } from "../../../infra/stacks/preview-output.ts";
import { readProgress } from "../../../infra/stacks/progress.ts";
import { until } from "../../e2e/support/until.ts";

/** As Pulumi 3.255, its provider for Docker 5.1 and Docker 20.10 said it. */
const sayings: [StackFaultReason, string][] = [
  ["wrong-passphrase", "error: getting stack configuration: get stack secrets manager: incorrect passphrase"],
  [
    "state-unreachable",
    "error: unable to open bucket postgres:///simpul?host=/run: failed to ping PostgreSQL: dial unix /run/.s.PGSQL.5432: connect: no such file or directory",
  ],
  ["no-stack", "error: no stack named 'app-x' found"],
  ["docker-missing", "spawn docker ENOENT"],
  ["disk-full", "error: Error response from daemon: write /var/lib/docker/tmp/x: no space left on device"],
  [
    "host-unreachable",
    "error: docker native provider returned an unexpected error from Configure: failed to connect to any docker daemon",
  ],
  ["proxy-missing", "Error response from daemon: No such container: platform-dc-1-proxy"],
  ["proxy-missing", "Error: No such container: platform-dc-1-proxy"],
  ["host-unreachable", "Error response from daemon: Container 89a73a16 is not running"],
  ["host-unreachable", "error during connect: Get http://%2Fsock/v1.41/version: EOF"],
  ["host-unreachable", "Cannot connect to the Docker daemon at unix:///run/sock. Is the docker daemon running?"],
  [
    "host-untrusted",
    'error during connect: Get "https://10.1.0.5:2376/v1.50/version": tls: failed to verify certificate: x509: certificate has expired',
  ],
  [
    "host-untrusted",
    'the server probably has client authentication (--tlsverify) enabled; check your TLS client certification settings: Get "https://10.1.0.5:2376/v1.50/version": remote error: tls: bad certificate',
  ],
  ["host-untrusted", "unable to resolve docker endpoint: open /etc/docker/tls/ca.pem: no such file or directory"],
  ["host-untrusted", 'error: failed to create tls config: could not read CA certificate "/etc/docker/tls/ca.pem"'],
  [
    "host-untrusted",
    'error during connect: Get "http://docker.example.com/v1.50/version": command [ssh -T -l root -- 10.1.0.5 docker system dial-stdio] has exited with exit status 255, make sure the URL is valid, and Docker 18.09 or later is installed on the remote host: stderr=Host key verification failed.',
  ],
  ["host-untrusted", "error during connect: Get: stderr=root@10.1.0.5: Permission denied (publickey)."],
  [
    "other",
    'Error response from daemon: Get "https://registry.go.id/v2/": x509: certificate signed by unknown authority',
  ],
  ["image-missing", "* Unable to create container with image sha256:a2: unable to pull image sha256:a2: i/o timeout"],
  ["image-missing", "Error: No such image: sha256:a2"],
  ["unhealthy", "* container failed to be in healthy state"],
  [
    "name-taken",
    '* Unable to create container: Error response from daemon: Conflict. The container name "/app-x-web-a" is already in use by container "e1".',
  ],
  ["name-taken", "* Unable to create network: Error response from daemon: network with name app-x already exists"],
  ["subnet-taken", "* Unable to create network: Pool overlaps with other one on this address space"],
  ["address-taken", "* Unable to start container: Error response from daemon: Address already in use"],
  ["protected", 'error: resource "urn:pulumi:a" cannot be deleted\n    because it is protected. To unprotect'],
  ["pulumi-missing", "Downloading pulumi v3.265.0...\npulumi: fetch failed"],
  ["other", "error: something that nobody has seen"],
];

test.each(sayings)("%s is what Pulumi means by %o", (reason, said) => {
  const fault = explainOutput("updating stack app-x", `Updating (app-x):\n    ${said}\n`);
  expect(fault.reason).toBe(reason);
  expect(fault.message).toMatch(/^updating stack app-x: /);
});

test("a fault says each error once, and not that there was one", () => {
  const said =
    "error: 1 error occurred:\n  * no space left on device\n  * no space left on device\nerror: update failed\n";
  expect(explainOutput("updating", said).message).toBe("updating: * no space left on device");
});

describe("a lock", () => {
  const said = `error: the stack is currently locked by 1 lock(s). Either wait for the other process(es) to end or delete the lock file with \`pulumi cancel\`.
  postgres:///simpul/.pulumi/locks/organization/simpul/app-x/5bf8.json?host=/run: created by root@vm (pid 25093) at 2026-11-28T01:41:19Z`;
  const holder = { user: "root", host: "vm", pid: 25_093, since: "2026-11-28T01:41:19Z" };

  test("names who holds it", () => {
    expect(lockHolderIn(said)).toEqual(holder);
    expect(lockHolderIn("error: update failed")).toBeUndefined();
  });

  test.each<[boolean, string, Machine]>([
    [true, "its process is gone", { host: "vm", programOf: () => undefined }],
    [true, "its number is another program's", { host: "vm", programOf: () => "postgres" }],
    [false, "it still runs", { host: "vm", programOf: () => "pulumi" }],
    [false, "it is of another machine", { host: "vm2", programOf: () => undefined }],
  ])("its holder is dead: %o, where %s", (dead, _, machine) => {
    expect(isDead(holder, machine)).toBe(dead);
  });
});

test("a process of this machine is known by its program, and one that ended is not there, also before it is waited for", async () => {
  expect(thisMachine.programOf(process.pid)).toBeTypeOf("string");
  const parent = spawn("sh", ["-c", "sleep 60 & echo $!; exec sleep 60"], { stdio: ["ignore", "pipe", "ignore"] });
  const [line] = (await once(parent.stdout, "data")) as [Buffer];
  const ended = Number(line);
  // Its parent, once it is another program, never waits for it; the shell might have.
  await until("its parent is no shell", () => thisMachine.programOf(parent.pid ?? 0) === "sleep");
  process.kill(ended, "SIGKILL");
  await until("it is a zombie", () => /\) Z /.test(readFileSync(`/proc/${ended}/stat`, "latin1")));
  expect(thisMachine.programOf(ended)).toBeUndefined();
  parent.kill("SIGKILL");
});

test.each([
  [" +  docker:index:Container web-a creating (0s) ", { kind: "container", name: "web-a", what: "creating" }],
  [
    " -- docker:index:Container web-a deleted original (10s) ",
    { kind: "container", name: "web-a", what: "deleted original" },
  ],
  [
    " ~  docker:index:Network network refreshing (0s) [diff: ~x]",
    { kind: "network", name: "network", what: "refreshing" },
  ],
  ["    docker:index:Volume volume-data  ", undefined],
  ["    6 unchanged", undefined],
])("the progress in %o is %o", (line, progress) => {
  expect(readProgress(line)).toEqual(progress);
});

describe("a preview as JSON", () => {
  const step = {
    op: "update",
    urn: "urn:a",
    oldState: { inputs: { memory: 96 }, created: "2026-11-28T01:38:44Z" },
    newState: { inputs: { memory: 64 }, modified: "2026-11-28T01:38:44Z" },
    detailedDiff: { memory: { kind: "update" }, "networksAdvanced[0].name": {} },
    diffReasons: ["memorySwap"],
  };

  test("is read for what is asked for and what differs, and nothing that passes", () => {
    const [read] = readSteps(`warning: x\n${JSON.stringify({ steps: [step], duration: 3_000_000 })}`);
    expect(read && toPreviewStep(read)).toEqual({
      operation: "update",
      urn: "urn:a",
      inputs: { memory: 64 },
      changed: ["memory", "memorySwap", "networksAdvanced"],
    });
    expect(read && changedBy(read)).toContain("networksAdvanced");
  });

  test("that is none is a fault which quotes nothing of it", () => {
    expect(() => readSteps("geheim")).toThrow(/^((?!geheim)[\s\S])*no list of steps$/);
  });

  test("that failed says why", () => {
    expect(readDiagnostics('{"steps":[],"diagnostics":[{"message":"error: a\\n"}]}')).toBe("error: a");
    expect(readDiagnostics("error: b")).toBe("error: b");
  });
});
