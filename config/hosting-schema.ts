import { z } from "zod";
import { noDatabase } from "../core/domain/hosting/hosting-rules.ts";
import { parseAddress } from "../core/domain/ipam/address.ts";
import { parsePrefix } from "../core/domain/ipam/prefix.ts";
import { shortName, text, unique, unknownKeysOr } from "./schema-messages.ts";

const path = z.string().regex(/^\/\S*$/, { error: "must be an absolute path, for example /etc/simpul/docker" });
const port = z.int({ error: "must be a port, for example 443" }).min(1).max(65_535);
const network = z.string().refine((entered) => parsePrefix(entered).ok, {
  error: "must be a network, for example 10.40.0.0/16",
});
const address = z.string().refine((entered) => parseAddress(entered).ok, {
  error: "must be an address, for example 10.10.5.20",
});

/** What a tag means can change. */
const image = z
  .string({ error: "must name an image" })
  .regex(/^(sha256:|[a-z0-9][a-z0-9._:/-]*@sha256:)[0-9a-f]{64}$/, {
    error: "must name an image by its digest or ID, for example registry.go.id/caddy@sha256:… or sha256:…",
  });
const memoryMb = z.int({ error: "must be whole megabytes, 16 at least, for example 256" }).min(16);
const cpus = z.number({ error: "must be a number, for example 0.5" }).positive();

const target = z
  .strictObject(
    {
      name: shortName("dc-1"),
      title: text("Server aplikasi 1"),
      endpoint: z.string().regex(/^(unix:\/\/\/|ssh:\/\/|tcp:\/\/)[\w.@:/[\]-]+$/, {
        error: "must be a Docker endpoint, for example unix:///var/run/docker.sock or ssh://simpul@10.1.0.5",
      }),
      certificates: path.optional(),
      zone: text("Utama"),
      prefix: network,
      proxy: z.strictObject(
        {
          addresses: z
            .array(address, { error: "must be a list, for example [10.10.5.20]" })
            .min(1, { error: "must name an address, for example [10.10.5.20]" }),
          httpPort: port,
          httpsPort: port,
          intranet: z.array(network, { error: "must be a list of networks, for example [10.0.0.0/8]" }),
          image,
          memoryMb,
          cpus,
          acmeDirectory: z.url({ error: "must be an address, for example https://acme.go.id/directory" }).optional(),
        },
        { error: unknownKeysOr("must hold addresses, httpPort, httpsPort, intranet, image, memoryMb and cpus") },
      ),
    },
    { error: unknownKeysOr("must be a target: name, title, endpoint, zone, prefix and proxy") },
  )
  .refine(({ endpoint, certificates }) => !endpoint.startsWith("tcp:") || certificates !== undefined, {
    path: ["certificates"],
    error: "must be given with tcp://: without TLS everybody on the way is root on that host",
  });

const size = z
  .strictObject(
    {
      name: shortName("kecil"),
      title: text("Kecil (256 MB, 0,5 CPU)"),
      memoryMb,
      cpus,
      temporaryMb: z.int({ error: "must be whole megabytes, for example 64" }).min(1).optional(),
    },
    { error: unknownKeysOr("must be a size, for example { name: kecil, title: Kecil, memoryMb: 256, cpus: 0.5 }") },
  )
  .refine(({ memoryMb, temporaryMb = 0 }) => temporaryMb < memoryMb, {
    path: ["temporaryMb"],
    error: "must be less than memoryMb, of which it is a part, for example 64 of 256",
  });

const healthTest = z
  .array(z.string(), {
    error: 'must be a command, for example ["CMD", "wget", "-q", "-O", "/dev/null", "http://127.0.0.1:{port}/"]',
  })
  .min(2);
const healthIntervalSeconds = z.int({ error: "must be whole seconds, from 1 to 60, for example 5" }).min(1).max(60);
const startSeconds = z.int({ error: "must be whole seconds, to 300, for example 60" }).min(1).max(300);
/** No longer than the proxy itself lets requests end that are under way when its routes change. */
const drainSeconds = z.int({ error: "must be whole seconds, from 1 to 30, for example 10" }).min(1).max(30);
const user = z.string().regex(/^[1-9]\d{0,8}:[1-9]\d{0,8}$/, {
  error: 'must be the ids of a user and a group, not of root, for example "10001:10001"',
});
const command = z.array(z.string(), { error: "must be a command, for example [node, server.js]" }).min(1);
const folder = z.string().regex(/^(\/[\w.-]+)+$/, { error: "must be an absolute path, for example /srv/www" });
const folders = z.array(folder, { error: "must be a list of folders, for example [/run/php]" });

const runtime = z.strictObject(
  {
    name: shortName("image"),
    title: text("Image kontainer"),
    port,
    healthPath: path,
    healthTest,
    healthIntervalSeconds: healthIntervalSeconds.optional(),
    startSeconds: startSeconds.optional(),
    drainSeconds: drainSeconds.optional(),
    made: z
      .strictObject(
        { image, folder },
        { error: unknownKeysOr("must hold image and folder, for example { image: sha256:…, folder: /srv/www }") },
      )
      .optional(),
    user: user.default("10001:10001"),
    entrypoint: command.optional(),
    command: command.optional(),
    kept: z
      .array(
        z.strictObject(
          { name: shortName("uploads"), folder },
          {
            error: unknownKeysOr(
              "must be a folder that is kept, for example { name: uploads, folder: /srv/www/uploads }",
            ),
          },
        ),
        { error: "must be a list, for example [{ name: uploads, folder: /srv/www/uploads }]" },
      )
      .check(unique("kept folder", (each) => each?.name))
      .default([]),
    temporary: folders.default(["/tmp"]),
    databases: z.array(shortName("mariadb"), { error: "must be a list, for example [mariadb]" }).default([]),
  },
  {
    error: unknownKeysOr(
      "must be a runtime: name, title, port, healthPath and healthTest, for example as docs/operations.md has it",
    ),
  },
);

const database = z.strictObject(
  {
    name: shortName("mariadb").refine((entered) => entered !== noDatabase, {
      error: `must not be "${noDatabase}", the answer of an application without one`,
    }),
    title: text("MariaDB"),
    engine: z.enum(["postgresql", "mariadb"], { error: "must be postgresql or mariadb" }),
    image,
    memoryMb,
    cpus,
    user,
    folder,
    temporary: folders.default(["/tmp"]),
    healthTest,
    healthIntervalSeconds: healthIntervalSeconds.optional(),
  },
  {
    error: unknownKeysOr("must be a database: name, title, engine, image, memoryMb, cpus, user, folder and healthTest"),
  },
);

const publishedPort = z.int({ error: "must be a port above 1023, for example 22000" }).min(1024).max(65_535);
const access = z.strictObject(
  {
    image,
    memoryMb: memoryMb.default(128),
    cpus: cpus.default(0.5),
    ports: z
      .strictObject(
        { first: publishedPort, last: publishedPort },
        { error: unknownKeysOr("must hold first and last, for example { first: 22000, last: 22099 }") },
      )
      .refine(({ first, last }) => first <= last, { error: "must begin before it ends, for example 22000 to 22099" }),
    longestDays: z.int({ error: "must be whole days, for example 30" }).min(1).max(365).default(30),
  },
  { error: unknownKeysOr("must hold image and ports and perhaps memoryMb, cpus and longestDays") },
);

const section = z.strictObject(
  {
    targets: z.array(target).check(unique("target", (each) => each?.name)),
    sizes: z.array(size).check(unique("size", (each) => each?.name)),
    runtimes: z.array(runtime).check(unique("runtime", (each) => each?.name)),
    databases: z
      .array(database)
      .check(unique("database", (each) => each?.name))
      .default([]),
    registries: z
      .array(
        z.string().regex(/^[a-z0-9][a-z0-9.-]*(:\d{1,5})?$/, {
          error: "must be the name of a registry, with its port where it has one, for example registry.go.id",
        }),
        { error: "must be a list, for example [registry.go.id]" },
      )
      .default([]),
    planHours: z.int({ error: "must be whole hours, for example 72" }).min(1),
    keepDeletedDays: z.int({ error: "must be whole days, for example 30" }).min(1).default(30),
    access: access.optional(),
  },
  {
    error: unknownKeysOr(
      "must hold targets, sizes, runtimes and planHours and perhaps databases, registries, keepDeletedDays and access, or be left out",
    ),
  },
);

/** Where, by what and in which size a machine hosts applications. */
export const hostingSection = section.superRefine(({ runtimes, databases }, context) => {
  for (const [index, { databases: named }] of runtimes.entries()) {
    const unknown = named.filter((each) => !databases.some(({ name }) => name === each));
    for (const each of unknown) {
      context.addIssue({
        code: "custom",
        path: ["runtimes", index, "databases"],
        message: `must be names of databases of this section: ${each} is none`,
      });
    }
  }
});
