import { describe, expect, it } from "vitest";
import {
  type Application,
  isSamePlan,
  type Revision,
  stackNameOf,
} from "../../../../core/domain/hosting/application.ts";
import type { HostingRules } from "../../../../core/domain/hosting/hosting-rules.ts";
import { refusalOfPlan } from "../../../../core/domain/hosting/plan-rules.ts";
import { keptDaysOf, renderApplication, renderPlatform } from "../../../../core/domain/hosting/render-stack.ts";
import { sealSecret } from "../../../../core/domain/hosting/sealed-secret.ts";
import { dataVolume, volumeOf } from "../../../../core/domain/hosting/stack-names.ts";
import type { VendorAccess } from "../../../../core/domain/hosting/vendor-access.ts";
import { wantedApplication } from "../../../../core/domain/hosting/wanted.ts";
import { type ApplicationInput, parseStackInput } from "../../../../infra/stack-input.ts";
import { hashesOf, testHosting, testImage } from "../../../support/hosting.ts";
import { vendorKey } from "../../../support/vendor-keys.ts";

const application: Application = {
  ...{ id: 1, stack: "app-simpeg", ticketId: 42, officeId: 2, title: "SIMPEG" },
  ...{ target: "dc", runtime: "image", database: null, reach: "intranet", port: 9000, healthPath: null },
  ...{ prefixId: 7, subnet: "10.40.0.0/29", gateway: "10.40.0.1", address: "10.40.0.2", nextAddress: "10.40.0.3" },
  ...{
    databaseAddress: "10.40.0.4",
    secrets: null,
    dumpSha256: null,
    state: "planned",
    standingId: null,
    begunPlanId: null,
  },
  ...{ keptUntil: null, isKept: true, access: null, volumes: [] },
  revision: {
    ...{ id: 1, ticketId: 42, change: "new", domainName: "simpeg.labura.go.id", size: "small", attachmentId: 9 },
    ...{ dumpId: null, imageId: testImage, slot: "a", isRunning: true, state: "planned" },
  },
};
const sealed = (text: string) => sealSecret("only-for-this-test", text, Buffer.alloc(12));
const secrets = { adminPassword: sealed("a"), password: sealed("b"), url: sealed("c"), isFilled: false };
const withDatabase = { runtime: "php", database: "mariadb", port: 8080, secrets };
const revised = (given: Partial<Revision>) => ({ revision: { ...application.revision, ...given } });
const render = (given: Partial<Application> = {}, rules = testHosting) =>
  renderApplication({ ...application, ...given }, rules);

const access: VendorAccess = {
  ...{ id: 1, applicationId: 1, ticketId: 43, kind: "sftp", vendor: "PT Karya", personName: "Rudi" },
  ...{ publicKey: vendorKey, sources: "103.10.20.0/24", until: new Date("2026-12-12T17:00:00Z"), port: 22_000 },
  ...{
    hostKey: sealed("key"),
    fingerprint: null,
    accountPassword: null,
    grantedAt: null,
    endedAt: null,
    endedBecause: null,
  },
  ...{ shutAt: null, closedAt: null, trouble: null },
};

it("is asked for its runtime's page, or for its own, which stands in what is approved", () => {
  const asking = { healthPath: "/masuk", healthTest: ["CMD", "wget", "http://127.0.0.1:{port}{path}"] };
  const runtimes = testHosting.runtimes.map((runtime) => ({ ...runtime, ...asking }));
  const read = (healthPath: string | null) => JSON.parse(render({ healthPath }, { ...testHosting, runtimes }) ?? "{}");
  expect(read(null).web[0].healthCheck.test).toEqual(["CMD", "wget", "http://127.0.0.1:9000/masuk"]);
  expect(read(null).published).toEqual({ name: "simpeg.labura.go.id", reach: "intranet" });
  expect(read("/api/health").web[0].healthCheck.test).toEqual(["CMD", "wget", "http://127.0.0.1:9000/api/health"]);
  expect(read("/api/health").published).toMatchObject({ path: "/api/health" });
  expect(parseStackInput(JSON.stringify(read("/api/health")), "app-simpeg")).toMatchObject({ kind: "application" });
});

it("says of its temporary folders what its size says, and nothing where it says nothing", () => {
  const web = (temporaryMb?: number) => {
    const sizes = testHosting.sizes.map((size) => ({ ...size, temporaryMb }));
    return JSON.parse(render({}, { ...testHosting, sizes }) ?? "{}").web[0];
  };
  expect(web(16)).toMatchObject({ temporaryMb: 16 });
  expect(web()).not.toHaveProperty("temporaryMb");
});

describe("the way in for a vendor", () => {
  const opened = (given: Partial<VendorAccess> = {}, rest: Partial<Application> = {}) =>
    render({ runtime: "php", ...rest, access: { ...access, ...given } });
  const variablesOf = (file: string | undefined) => {
    const read = parseStackInput(file ?? "", "app-simpeg") as ApplicationInput;
    return Object.fromEntries(read.access?.environment.map((each) => [each.name, each]) ?? []);
  };

  it("is a container with the folders that are kept, and that port of the host", () => {
    expect(parseStackInput(opened() ?? "", "app-simpeg")).toMatchObject({
      access: {
        ...{ address: "10.40.0.5", publishedPort: 22_000, user: "10001:10001", isReadOnly: true },
        mounts: [{ volume: "kept-uploads", path: "/files/uploads" }],
      },
    });
  });

  const configurationOf = (file: string | undefined) => {
    const variable = variablesOf(file).ACCESS_CONFIGURATION;
    return variable !== undefined && "value" in variable ? variable.value.split("\n") : [];
  };
  const keyed = (options: string) => `AuthorizedKeysCommand /bin/echo '${options} ${vendorKey}'`;

  it("knows one key, from there and until then, and nothing but SFTP", () => {
    const { ACCESS_UNTIL, ACCESS_HOST_KEY } = variablesOf(opened());
    expect(ACCESS_UNTIL).toMatchObject({ value: String(access.until.getTime() / 1000) });
    expect(ACCESS_HOST_KEY).toMatchObject({ sealed: access.hostKey });
    const lines = configurationOf(opened());
    const line = keyed('restrict,expiry-time="202612121700",from="103.10.20.0/24"');
    const sftp = "ForceCommand internal-sftp -d /files";
    expect(lines).toEqual(expect.arrayContaining([line, "AuthorizedKeysFile none", sftp, "DisableForwarding yes"]));
  });

  it("may be a shell, from anywhere", () => {
    const lines = configurationOf(opened({ kind: "shell", sources: null }));
    expect(lines).toContain(keyed('restrict,expiry-time="202612121700",pty'));
    expect(lines.join()).not.toContain("ForceCommand");
  });

  it.each([
    [null, "AllowUsers vendor"],
    ["103.10.20.0/24,36.66.1.5/32", "AllowUsers vendor@103.10.20.0/24 vendor@36.66.1.5/32"],
  ])("its server lets in who comes from %s, by one line, since sshd adds several up", (sources, line) => {
    const lines = configurationOf(opened({ sources }));
    expect(lines.filter((each) => each.startsWith("AllowUsers"))).toEqual([line]);
  });

  it("has neither configuration nor keys in a file, which who is in might change", () => {
    const { access: container } = parseStackInput(opened() ?? "", "app-simpeg") as ApplicationInput;
    const [, , script] = container?.entrypoint ?? [];
    expect(script).toContain("sshd -D -e -f none");
    expect([...(script ?? "").matchAll(/>(\S+)/g)].map(([, file]) => file)).toEqual([
      "/tmp/access/passwd",
      "/tmp/access/host-key",
    ]);
  });

  it("leads to the database alone, without a session of any kind or the files", () => {
    const file = opened({ kind: "database-read" }, withDatabase);
    const lines = configurationOf(file);
    const options = 'restrict,expiry-time="202612121700",from="103.10.20.0/24",port-forwarding';
    expect(lines).toContain(keyed(`${options},permitopen="10.40.0.4:3306"`));
    const forwarding = ["MaxSessions 0", "AllowTcpForwarding local", "PermitOpen 10.40.0.4:3306", "PermitListen none"];
    expect(lines).toEqual(expect.arrayContaining(forwarding));
    expect(lines.join()).not.toMatch(/Subsystem|DisableForwarding|ForceCommand/);
    expect(parseStackInput(file ?? "", "app-simpeg")).toMatchObject({ access: { mounts: [] } });
  });

  it("is none of what stands still, nor while a database is filled", () => {
    expect(opened({}, revised({ isRunning: false }))).not.toContain('"access"');
    const filling = renderApplication({ ...application, ...withDatabase, access }, testHosting, { isFilling: true });
    expect(filling).not.toContain('"access"');
  });

  it("is not written before its server has a key, nor where the profile has no access any more", () => {
    expect(opened({ hostKey: null })).toBeUndefined();
    const { access: _access, ...without } = testHosting;
    expect(render({ runtime: "php", access }, without as typeof testHosting)).toBeUndefined();
  });
});

describe("the file of an application's stack", () => {
  it("is what the program reads", () => {
    const read = parseStackInput(render() ?? "", "app-simpeg");

    expect(read).toMatchObject({
      ...{ kind: "application", host: { endpoint: "unix:///var/run/docker.sock" } },
      network: { subnet: "10.40.0.0/29", gateway: "10.40.0.1" },
      web: [
        {
          ...{ slot: "a", address: "10.40.0.2", port: 9000, image: testImage, memoryMb: 64, cpus: 0.5 },
          ...{ isReadOnly: true, user: "10001:10001" },
        },
      ],
    });
    expect(render()).toContain("http://127.0.0.1:9000/");
  });

  it("has the database, how it is opened, and the folders that are kept", () => {
    const read = parseStackInput(render(withDatabase) ?? "", "app-simpeg");

    expect(read).toMatchObject({
      web: [
        {
          ...{ command: ["php", "-S", "0.0.0.0:8080"], mounts: [{ volume: "kept-uploads", path: "/srv/www/uploads" }] },
          environment: [
            { name: "DB_HOST", value: "10.40.0.4" },
            { name: "DB_PORT", value: "3306" },
            { name: "DB_NAME", value: "app_simpeg" },
            { name: "DB_USER", value: "app_simpeg" },
            { name: "DB_PASSWORD", sealed: secrets.password },
            { name: "DATABASE_URL", sealed: secrets.url },
          ],
        },
      ],
      database: { engine: "mariadb", address: "10.40.0.4", mounts: [{ volume: "data", path: "/var/lib/mysql" }] },
      volumes: ["data", "kept-uploads"],
    });
  });

  it("has the health tests of the profile, or the usual ones", () => {
    const healthOf = (rules: HostingRules) => {
      const read = parseStackInput(renderApplication({ ...application, ...withDatabase }, rules) ?? "", "app-simpeg");
      const { web, database } = read as ApplicationInput;
      return [web[0]?.healthCheck, database?.healthCheck].map((health) => [
        health?.intervalSeconds,
        health?.startSeconds,
      ]);
    };
    const setTo = (given: { healthIntervalSeconds: number | undefined; startSeconds: number | undefined }) => ({
      ...testHosting,
      runtimes: testHosting.runtimes.map((each) => ({ ...each, ...given })),
      databases: testHosting.databases.map((each) => ({ ...each, ...given })),
    });
    expect(healthOf(setTo({ healthIntervalSeconds: 2, startSeconds: 90 }))).toEqual([
      [2, 90],
      [2, 60],
    ]);
    expect(healthOf(setTo({ healthIntervalSeconds: undefined, startSeconds: undefined }))).toEqual([
      [5, 5],
      [5, 60],
    ]);
  });

  it("keeps the volumes that stand, also of a folder that the profile has no more, and of a runtime that it has no more", () => {
    const standing = { ...withDatabase, volumes: ["data", "kept-uploads", "kept-cache"] };
    expect(parseStackInput(render(standing) ?? "", "app-simpeg").kind).toBe("application");
    expect(JSON.parse(render(standing) ?? "").volumes).toEqual(["data", "kept-uploads", "kept-cache"]);
    const deleted = {
      ...{ ...application, ...standing, runtime: "gone" },
      revision: { ...application.revision, change: "delete" as const, isRunning: false },
    };
    expect(JSON.parse(renderApplication(deleted, testHosting) ?? "").volumes).toEqual(standing.volumes);
    const running = { ...deleted, revision: application.revision };
    expect(renderApplication(running, testHosting)).toBeUndefined();
  });

  it("has only the database while that is filled", () => {
    const read = renderApplication({ ...application, ...withDatabase }, testHosting, { isFilling: true });
    expect(parseStackInput(read ?? "", "app-simpeg")).toMatchObject({ web: [], database: { engine: "mariadb" } });
  });

  it("says what its database is filled with, until it is: what stands has the file that it always had", () => {
    const handedIn = { ...withDatabase, ...revised({ dumpId: 7 }), dumpSha256: "a".repeat(64) };
    expect(parseStackInput(render(handedIn) ?? "", "app-simpeg")).toMatchObject({ filledFrom: "a".repeat(64) });
    expect(parseStackInput(render(withDatabase) ?? "", "app-simpeg")).toMatchObject({ filledFrom: null });
    expect(render({ ...handedIn, dumpSha256: null })).toBeUndefined();
    const isFilled = { secrets: { ...secrets, isFilled: true }, dumpSha256: null };
    expect(JSON.parse(render({ ...handedIn, ...isFilled }) ?? "")).not.toHaveProperty("filledFrom");
    expect(JSON.parse(render() ?? "")).not.toHaveProperty("filledFrom");
  });

  it("says for how long what it deletes is kept, and of nothing else", () => {
    const deleted = revised({ change: "delete", isRunning: false });
    expect(parseStackInput(render(deleted) ?? "", "app-simpeg")).toMatchObject({ keptDays: 30 });
    expect(keptDaysOf(render(deleted) ?? "")).toBe(30);
    expect(keptDaysOf(render() ?? "")).toBeUndefined();
  });

  it("is the same for the same application, to the last byte", () => {
    expect(render({ ...application })).toBe(render());
  });

  it.each([
    ["target", { target: "lain" }],
    ["runtime", { runtime: "lain" }],
    ["size", revised({ size: "lain" })],
    ["image", revised({ imageId: null })],
    ["database", { ...withDatabase, database: "lain" }],
    ["secret of its database", { ...withDatabase, secrets: null }],
  ])("is none without a known %s", (_, given) => {
    expect(render(given)).toBeUndefined();
  });

  it("builds what answers next in the other slot", () => {
    const { web } = JSON.parse(render(revised({ slot: "b" })) ?? "{}");
    expect(web).toMatchObject([{ slot: "b", address: "10.40.0.3" }]);
  });

  it("has both containers while one takes over from the other", () => {
    const next = { ...application, ...revised({ slot: "b", size: "large" }) };
    const beside = { beside: application.revision };
    const { web } = parseStackInput(renderApplication(next, testHosting, beside) ?? "", "app-simpeg") as {
      web: object[];
    };
    expect(web).toMatchObject([
      { slot: "a", address: "10.40.0.2", memoryMb: 64 },
      { slot: "b", address: "10.40.0.3", memoryMb: 128 },
    ]);
  });

  it.each([
    ["stop", { subnet: "10.40.0.0/29", gateway: "10.40.0.1" }],
    ["delete", undefined],
    ["purge", undefined],
  ] as const)(
    "after %s has no container, keeps its volumes, and is still known without its size",
    (change, expected) => {
      const stopped = revised({ change, isRunning: false, size: "lain", imageId: null });
      const text = render({ runtime: "php", database: "mariadb", secrets: null, ...stopped });
      const input = parseStackInput(text ?? "", "app-simpeg") as ApplicationInput;
      expect(input).toMatchObject({ web: [], volumes: [dataVolume, volumeOf("uploads")] });
      expect([input.network, input.database]).toEqual([expected, undefined]);
    },
  );

  it("names the certificates of a host that is reached over TCP", () => {
    const [target] = testHosting.targets;
    const remote = { ...target, endpoint: "tcp://10.1.0.5:2376", certificates: "/etc/simpul/docker" };
    const text = renderApplication(application, { ...testHosting, targets: [remote] }) ?? "";
    expect(parseStackInput(text, "app-simpeg").host).toEqual({
      ...{ endpoint: "tcp://10.1.0.5:2376", certificates: "/etc/simpul/docker" },
    });
  });
});

describe("the file of what all applications of a target share", () => {
  it("is what the program reads", () => {
    expect(parseStackInput(renderPlatform(testHosting.targets[0]), "platform-dc")).toMatchObject({
      ...{ kind: "platform", host: { endpoint: "unix:///var/run/docker.sock" } },
      proxy: { image: testHosting.targets[0].proxy.image, memoryMb: 256, cpus: 1 },
      settings: { httpPort: 80, httpsPort: 443, intranet: ["10.0.0.0/8"] },
    });
  });
});

describe("the name of a stack", () => {
  it.each([
    ["simpeg.labura.go.id", "app-simpeg"],
    ["api.simpeg.labura.go.id", "app-api-simpeg"],
    ["a--b.labura.go.id", undefined],
    [`${"a".repeat(37)}.labura.go.id`, undefined],
  ])("%s: %s", (name, expected) => {
    expect(stackNameOf(name, "labura.go.id")).toBe(expected);
  });
});

describe("a plan", () => {
  const now = new Date("2026-11-28T03:00:00Z");
  const plan = { id: 5, input: render() ?? "", imageId: testImage, expiresAt: new Date("2026-11-28T04:00:00Z") };
  const small = testHosting.sizes.map((size) => ({ ...size, memoryMb: 128 }));

  it.each([
    ["holds", {}, { now, hosting: testHosting }, undefined],
    ["has expired", {}, { now: plan.expiresAt, hosting: testHosting }, "plan-expired"],
    [
      "is of another image",
      revised({ imageId: `sha256:${"c".repeat(64)}` }),
      { now, hosting: testHosting },
      "plan-changed",
    ],
    ["is of another port", { port: 1 }, { now, hosting: testHosting }, "plan-changed"],
    ["is of another reach", { reach: "internet" as const }, { now, hosting: testHosting }, "plan-changed"],
    ["is of another name", revised({ domainName: "lain.labura.go.id" }), { now, hosting: testHosting }, "plan-changed"],
    ["is of a size that has changed", {}, { now, hosting: { ...testHosting, sizes: small } }, "plan-changed"],
    ["is of a profile without hosting", {}, { now, hosting: undefined }, "plan-changed"],
  ])("%s", (_, given, context, expected) => {
    const may = refusalOfPlan(plan, wantedApplication({ ...application, ...given }), context);
    expect(may.ok ? undefined : may.refusal.code).toBe(expected);
  });

  const ofDump = (sha256: string, given: Partial<Application> = {}) => ({
    ...{ ...application, ...withDatabase, ...revised({ dumpId: 7 }), dumpSha256: sha256.repeat(64) },
    ...given,
  });
  const filled = { secrets: { ...secrets, isFilled: true } };

  it.each([
    ["fills its database with that dump", ofDump("a"), undefined],
    ["fills its database with another dump", ofDump("b"), "plan-changed"],
    ["fills its database with a dump that is gone", ofDump("a", { dumpSha256: null }), "plan-changed"],
    ["fills a database that was filled before", ofDump("a", filled), "plan-changed"],
    ["fills a database that was filled as it was begun", ofDump("a", { ...filled, begunPlanId: plan.id }), undefined],
    ["fills a database that another one filled", ofDump("a", { ...filled, begunPlanId: 4 }), "plan-changed"],
  ])("%s", (_, given, expected) => {
    const made = { ...plan, input: renderApplication(ofDump("a"), testHosting) ?? "" };
    const may = refusalOfPlan(made, wantedApplication(given), { now, hosting: testHosting });
    expect(may.ok ? undefined : may.refusal.code).toBe(expected);
  });

  it("of a database that was filled is another one where that is to be filled, also once it was begun", () => {
    const made = { ...plan, input: renderApplication(ofDump("a", filled), testHosting) ?? "" };
    for (const begunPlanId of [null, plan.id]) {
      const may = refusalOfPlan(made, wantedApplication(ofDump("a", { begunPlanId })), { now, hosting: testHosting });
      expect(may).toMatchObject({ refusal: { code: "plan-changed" } });
    }
  });

  it.each(["preview", "program", "inputs", "state"] as const)("is another one where the hash of %s differs", (hash) => {
    const hashes = hashesOf("a");
    expect(isSamePlan(hashes, { ...hashes })).toBe(true);
    expect(isSamePlan(hashes, { ...hashes, [hash]: "other" })).toBe(false);
  });
});
