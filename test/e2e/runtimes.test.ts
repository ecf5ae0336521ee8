import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { listMachineChecks } from "../../core/db/hosting/machine-checks.ts";
import type { Application, DatabaseSecrets } from "../../core/domain/hosting/application.ts";
import { sha256 } from "../../core/domain/hosting/canonical.ts";
import type { HostingDatabase, HostingRules, HostingRuntime } from "../../core/domain/hosting/hosting-rules.ts";
import { madeImageOf } from "../../core/domain/hosting/made-image.ts";
import { databaseUrl } from "../../core/domain/hosting/render-database.ts";
import { renderApplication } from "../../core/domain/hosting/render-stack.ts";
import { databaseContainerOf } from "../../core/domain/hosting/stack-names.ts";
import { keepEvidence, listEvidence } from "../../infra/stacks/contain.ts";
import { openDockerHost } from "../../infra/stacks/docker-host.ts";
import { findDrift } from "../../infra/stacks/drift.ts";
import { type TestMember, tarOf, zipOf } from "../support/archives.ts";
import { testHosting } from "../support/hosting.ts";
import { databaseUser, makeDatabaseImage } from "./support/database-images.ts";
import { type DockerEngine, openDockerEngine } from "./support/docker-engine.ts";
import { type HostingDesk, openHostingDesk } from "./support/hosting-desk.ts";
import { busybox } from "./support/images.ts";
import { javaServer } from "./support/java-server.ts";
import { makeRuntimeImage } from "./support/runtime-image.ts";
import { until } from "./support/until.ts";

const { signal } = new AbortController();

let engine: DockerEngine;
let rules: Omit<HostingRules, "targets">;
let desk: HostingDesk;

beforeAll(async () => {
  engine = await openDockerEngine();
  rules = await rulesOn(engine);
  desk = await openHostingDesk(engine, rules);
}, 300_000);
afterAll(async () => {
  await engine?.[Symbol.asyncDispose]();
  await desk?.[Symbol.asyncDispose]();
});

/** Whether anything answers at the port; Debian's smallest image has no client but its shell. */
const answers = ["CMD", "bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/{port}"];

async function rulesOn(engine: DockerEngine): Promise<Omit<HostingRules, "targets">> {
  const base = await makeRuntimeImage(engine);
  const runtime = (name: string, command: string[], databases: string[] = []): HostingRuntime => ({
    ...{ name, title: name, port: 8080, healthPath: "/", healthTest: answers, user: "10001:10001" },
    ...{ made: { image: base, folder: "/srv/www" }, command, temporary: ["/tmp"], databases },
    ...{ healthIntervalSeconds: 1, startSeconds: 20 },
    kept: name === "php" ? [{ name: "uploads", folder: "/srv/www/uploads" }] : [],
  });
  const database = (kind: HostingDatabase["engine"], image: string, healthTest: string[]): HostingDatabase => ({
    ...{ name: kind, title: kind, engine: kind, image, memoryMb: 512, cpus: 1, user: databaseUser, healthTest },
    ...{ folder: "/data", temporary: ["/tmp", "/run/mysqld"], healthIntervalSeconds: 1 },
  });
  return {
    ...testHosting,
    sizes: [{ name: "small", title: "Kecil", memoryMb: 256, cpus: 1 }],
    runtimes: [
      runtime("static", ["php", "-S", "0.0.0.0:{port}", "-t", "/srv/www"]),
      runtime("php", ["php", "-S", "0.0.0.0:{port}", "-t", "/srv/www"], ["mariadb", "postgresql"]),
      runtime("node", ["node", "/srv/www/server.js"]),
      runtime("python", ["python3", "/srv/www/app.py"]),
      runtime("java", ["java", "-jar", "/srv/www/aplikasi.jar"]),
    ],
    databases: [
      database("mariadb", await makeDatabaseImage(engine, base, "mariadb"), [
        ...["CMD", "mariadb-admin", "--host=127.0.0.1", "ping"],
      ]),
      database("postgresql", await makeDatabaseImage(engine, base, "postgresql"), [
        ...["CMD", "pg_isready", "--host=127.0.0.1", "--quiet"],
      ]),
    ],
  };
}

let applications = 0;

/** An application of that runtime and archive, as it is planned; nothing of it stands yet. */
async function plan(runtime: string, archive: Uint8Array, database: string | null = null): Promise<Application> {
  applications += 1;
  const at = (offset: number) => `10.41.0.${8 * applications + offset}`;
  const stack = `app-${runtime}-${applications}`;
  const addresses = { gateway: at(1), address: at(2), nextAddress: at(3), databaseAddress: at(4) };
  const application: Application = {
    ...{ id: applications, stack, ticketId: 1, officeId: 1, title: runtime, target: "dc", runtime, database },
    ...{ reach: "intranet", port: 8080, healthPath: null, prefixId: 1, subnet: `${at(0)}/29`, ...addresses },
    ...{ state: "planned", standingId: null, begunPlanId: null, keptUntil: null, isKept: true, volumes: [] },
    access: null,
    dumpSha256: null,
    secrets: database === null ? null : await secretsOf(stack, addresses.databaseAddress, database),
    revision: {
      ...{ id: 1, ticketId: 1, change: "new", domainName: `${stack}.labura.go.id`, size: "small", attachmentId: 1 },
      ...{
        dumpId: null,
        imageId: await imageOf(runtime, archive),
        slot: "a",
        isRunning: true,
        state: "planned",
      },
    },
  };
  return application;
}

async function imageOf(runtime: string, archive: Uint8Array): Promise<string> {
  const path = join(desk.home, `archive-of-${runtime}`);
  await writeFile(path, archive);
  const known = rules.runtimes.find(({ name }) => name === runtime);
  const image = known && madeImageOf(known);
  if (image === undefined) throw new Error(`there is no runtime ${runtime}`);
  return desk.hosts.makeImage(
    desk.target,
    image,
    { path, sha256: sha256(Buffer.from(archive).toString("hex")) },
    signal,
  );
}

async function secretsOf(stack: string, databaseAddress: string, kind: string): Promise<DatabaseSecrets> {
  const engineOf = kind === "mariadb" ? ("mariadb" as const) : ("postgresql" as const);
  const url = databaseUrl({ stack, databaseAddress }, engineOf, "a-password");
  const [adminPassword, password] = [await desk.hosts.seal("of-the-admin"), await desk.hosts.seal("a-password")];
  return { adminPassword, password, url: await desk.hosts.seal(url), isFilled: false };
}

async function update(application: Application, options: { isFilling?: boolean } = {}): Promise<string> {
  const input = renderApplication(application, { ...rules, targets: [desk.target] }, options);
  if (input === undefined) throw new Error("rendering an application in a test: the profile does not know it");
  await desk.hosts.update(application.stack, input, signal);
  return input;
}

/** Loads a dump into the database of what stands. */
async function fill({ stack, database, databaseAddress }: Application, dump: string): Promise<void> {
  const server = rules.databases.find(({ name }) => name === database);
  if (server === undefined) throw new Error(`there is no database ${database}`);
  const path = join(desk.home, "dump.sql");
  await writeFile(path, dump);
  const running = { container: databaseContainerOf(stack), engine: server.engine };
  await desk.hosts.fillDatabase(desk.target, running, path, signal);
  await desk.hosts.askDatabase(desk.target, running, databaseAddress ?? "none");
}

const pageOf = ({ address }: Application) =>
  engine.onMachine(busybox, "wget", "-q", "-O", "-", `http://${address}:8080/`);

async function expectNothingToDo({ stack }: Application, input: string): Promise<void> {
  const printed: string[] = [];
  await desk.hosts.update(stack, input, signal, { onLine: (line) => void printed.push(line) });
  expect(printed.join("\n")).toMatch(/Resources:\n\s+\d+ unchanged/);
  expect(await findDrift(desk.context, stack)).toEqual({ ok: true, value: [] });
}

const guestBook = {
  mariadb: `-- MariaDB dump 10.19
CREATE TABLE guest (name varchar(40)) ENGINE=InnoDB;
INSERT INTO guest VALUES ('Siti dari dump');
-- Dump completed
`,
  postgresql: `-- PostgreSQL database dump
\\restrict nTa6EwlR8Zc4
CREATE TABLE guest (name text);
COPY guest (name) FROM stdin;
Siti dari dump
\\.
\\unrestrict nTa6EwlR8Zc4
`,
};
const phpPage = `<?php
$known = new PDO("mysql:host=" . getenv("DB_HOST") . ";dbname=" . getenv("DB_NAME"), getenv("DB_USER"), getenv("DB_PASSWORD"));
echo $known->query("SELECT name FROM guest")->fetchColumn();
file_put_contents("uploads/written", "x");
`;

/** An account of somebody else, who reads what is in it, then changes it, and is out when it is dropped. */
async function expectVendorAccount({ stack }: Application): Promise<void> {
  const server = { container: databaseContainerOf(stack), engine: "mariadb" } as const;
  const vendor = { name: "vendor_7", address: "127.0.0.1", password: "of-a-vendor", until: new Date() };
  const client = ["mariadb", "--host=127.0.0.1", "--skip-column-names", "--user=vendor_7", "--password=of-a-vendor"];
  const asVendor = (statement: string, ...how: string[]) =>
    engine.docker("exec", ...how, server.container, ...client, "-e", statement, stack.replaceAll("-", "_"));

  await desk.hosts.makeAccount(desk.target, server, { ...vendor, mayChange: false });
  expect(asVendor("SELECT name FROM guest")).toBe("Siti dari dump");
  expect(() => asVendor("DELETE FROM guest")).toThrow("denied");
  await desk.hosts.makeAccount(desk.target, server, { ...vendor, mayChange: true });
  asVendor("UPDATE guest SET name = 'Siti'");
  for (const refused of ["CREATE TABLE own (id int)", "SELECT * FROM mysql.user", "CREATE USER other"]) {
    expect(() => asVendor(refused)).toThrow("denied");
  }

  const sessions = () =>
    engine.docker(
      ...["exec", server.container, "sh", "-c"],
      `MYSQL_PWD=$MARIADB_ROOT_PASSWORD mariadb --user=root -Ne "SHOW PROCESSLIST" | grep -c vendor_7 || true`,
    );
  asVendor("SELECT SLEEP(600)", "--detach");
  await until("somebody is in", () => sessions() === "1");
  for (const _twice of [1, 2]) await desk.hosts.dropAccount(desk.target, server, vendor);
  await until("they are out", () => sessions() === "0", 20_000);
  expect(() => asVendor("SELECT 1")).toThrow("denied");
}

describe("from the request to the page by its name", () => {
  /** What was asked for is built; R13 was shown by the machine's own request. */
  async function built(ticketId: number): Promise<Application> {
    await desk.go(ticketId, { from: "plan-application", planned: await wishesOfTicket(ticketId) });
    expect(desk.faults).toEqual([]);
    expect(await desk.office.ticket(ticketId)).toMatchObject({ state: "reporting-application" });
    expect(await desk.ask(ticketId)).toBe(200);
    const { application, plan } = await desk.applicationOf(ticketId);
    await expectNothingToDo(application, plan.input);
    return application;
  }

  async function wishesOfTicket(ticketId: number) {
    const { runtime = "", database } = (await desk.office.ticket(ticketId)).answers;
    return { runtime, ...(database && { database }) };
  }

  test("a static site", async () => {
    const site = zipOf([{ path: "situs/index.html", content: "<title>Antrean</title>halo dari situs statis" }]);
    const wishes = { runtime: "static", size: "small", reach: "intranet" };

    const application = await built(await desk.request(wishes, { "situs.zip": site }));

    expect(pageOf(application)).toContain("halo dari situs statis");
  });

  test("PHP with MariaDB and its dump, which is loaded whole or not at all", async () => {
    const wishes = { runtime: "php", database: "mariadb", size: "small", reach: "intranet" };
    const files = {
      "buku-tamu.zip": zipOf([{ path: "index.php", content: phpPage }]),
      "buku-tamu.sql": Buffer.from(guestBook.mariadb),
    };

    const ticketId = await desk.request(wishes, files);
    const checks = await listMachineChecks(desk.office.db, ticketId);
    expect(checks.find(({ check }) => check === "dump-loads")).toMatchObject({ result: "passed" });
    const application = await built(ticketId);

    expect(pageOf(application)).toBe("Siti dari dump");
    await fill(application, "CREATE TABLE half (id int);\nINSERT INTO nowhere VALUES (1);\n").then(
      () => expect.unreachable(),
      (fault) =>
        expect(fault).toMatchObject({ why: "dump-unreadable", message: expect.stringMatching(/line 2, error/) }),
    );
    await fill(application, guestBook.mariadb);
    expect(pageOf(application)).toBe("Siti dari dump");
    const database = `/data/${application.stack.replaceAll("-", "_")}`;
    expect(engine.docker("exec", databaseContainerOf(application.stack), "ls", database)).not.toContain("half");
    await expectVendorAccount(application);
  });
});

const nodeServer = `require("node:http").createServer((_, r) => r.end("halo dari node")).listen(8080);`;
/** Debian's smallest Python has no server of pages. */
const pythonServer = `import socket
server = socket.create_server(("0.0.0.0", 8080))
while True:
    asked, _ = server.accept()
    asked.recv(4096)
    asked.sendall(b"HTTP/1.0 200 OK\\r\\n\\r\\nhalo dari python")
    asked.close()
`;

describe("an image that is made of an archive", () => {
  test("runs as Node.js, as Python and as Java, and a second update finds nothing to do", async () => {
    const archives: [string, TestMember[]][] = [
      ["node", [{ path: "server.js", content: nodeServer }]],
      ["python", [{ path: "app.py", content: pythonServer }]],
      ["java", [{ path: "aplikasi.jar", content: javaServer() }]],
    ];
    await Promise.all(
      archives.map(async ([runtime, members]) => {
        const application = await plan(runtime, zipOf(members));
        const input = await update(application);
        expect(pageOf(application)).toBe(`halo dari ${runtime}`);
        await expectNothingToDo(application, input);
      }),
    );
  });

  test("is found again, and leaves no container", async () => {
    const archive = zipOf([{ path: "index.html", content: "sekali" }]);
    expect(await imageOf("static", archive)).toBe(await imageOf("static", archive));
    expect(engine.docker("ps", "--all", "--quiet", "--filter", "name=simpul-making")).toBe("");
  });

  test("is found again after an isolation, and not the evidence of what ran by it", async () => {
    const archive = zipOf([{ path: "index.html", content: "disusupi" }]);
    const application = await plan("static", archive);
    await update(application);
    const docker = openDockerHost({ endpoint: engine.endpoint });
    await keepEvidence(docker, application.stack, 7);
    const [evidence = ""] = await listEvidence(docker, application.stack);
    const labels = engine.docker("image", "inspect", "--format", "{{json .Config.Labels}}", evidence);
    expect(JSON.parse(labels)).toMatchObject({ "simpul.evidence": "7", "simpul.made": "", "simpul.stack": "" });
    expect(await imageOf("static", archive)).toBe(application.revision.imageId);
    // As evidence was kept once.
    engine.docker("commit", "--change", "LABEL simpul.evidence=8", `${application.stack}-web-a`, "bukti:lama");
    expect(await imageOf("static", archive)).toBe(application.revision.imageId);
  });

  test("is none of an archive that leads out of its folder, and nothing is left of it", async () => {
    const archive = await tarOf([{ path: "../../etc/passwd", content: "x" }]);
    await expect(imageOf("static", archive)).rejects.toMatchObject({ why: "archive-unreadable" });
    expect(engine.docker("ps", "--all", "--quiet", "--filter", "name=simpul-making")).toBe("");
  });
});

describe("an application with a database", () => {
  test("of PostgreSQL is loaded by an account that may do nothing else", async () => {
    const application = await plan("php", zipOf([{ path: "index.php", content: "<?php echo 1;" }]), "postgresql");
    const input = await update(application, { isFilling: true });
    await expect(fill(application, "CREATE ROLE other LOGIN;")).rejects.toMatchObject({ why: "dump-unreadable" });
    await expect(fill(application, "")).rejects.toMatchObject({ why: "dump-unreadable" });
    const hidden =
      "DO $$ BEGIN PERFORM set_config('standard_conforming' || '_strings', 'off', false); END $$;\nSELECT '\\'';\n";
    const run = fill(application, `${hidden}\\! touch /tmp/ran\n-- '\n`);
    await expect(run).rejects.toMatchObject({ why: "dump-unreadable", message: expect.stringContaining("line 3") });
    expect(engine.docker("exec", databaseContainerOf(application.stack), "ls", "/tmp")).not.toContain("ran");
    await fill(application, guestBook.postgresql);
    await expectNothingToDo(application, input);
  });

  test.each(["mariadb", "postgresql"] as const)(
    "of %s is tried with a dump that does not load, and nothing is left of it",
    async (kind) => {
      const database = rules.databases.find(({ engine }) => engine === kind);
      if (database === undefined) throw new Error(`there is no ${kind}`);
      const path = join(desk.home, `trial-${kind}.sql`);
      const volumes = engine.docker("volume", "ls", "--quiet");
      await writeFile(path, `${guestBook[kind]}\nSELECT * FROM nowhere;\n`);
      const dump = { path, sha256: sha256(kind) };
      await expect(desk.hosts.tryDump(desk.target, database, dump, signal)).rejects.toMatchObject({
        ...{ why: "dump-unreadable", message: expect.stringMatching(/line \d+/) },
      });
      expect(engine.docker("ps", "--all", "--quiet", "--filter", "name=simpul-trying")).toBe("");
      expect(engine.docker("volume", "ls", "--quiet")).toBe(volumes);
    },
  );
});
