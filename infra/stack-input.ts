import { z } from "zod";
import { isSealed } from "../core/domain/hosting/sealed-secret.ts";
import { parseAddress } from "../core/domain/ipam/address.ts";
import { parsePrefix } from "../core/domain/ipam/prefix.ts";
import { problemsOfApplication } from "./application-problems.ts";

/** Docker's and Pulumi's names are made of it. */
const name = z
  .string()
  .max(40)
  .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, { error: 'must be a name such as "app-bappeda"' });

/** What a tag means can change: an image is named by what is in it. */
const image = z.string().regex(/^(sha256:|[a-z0-9][a-z0-9._:/-]*@sha256:)[0-9a-f]{64}$/, {
  error: 'must name an image by its ID or digest, such as "sha256:9f86…" or "registry.go.id/web@sha256:9f86…"',
});

const address = z.string().refine((text) => parseAddress(text).ok && !text.includes(":"), {
  error: 'must be an IPv4 address such as "10.40.0.2"',
});

const subnet = z.string().refine((text) => parsePrefix(text).ok && /\/(2\d|30)$/.test(text), {
  error: 'must be an IPv4 network of /20 to /30 such as "10.40.0.0/29"',
});

const path = z.string().regex(/^(\/[\w.-]+)+$/, { error: 'must be an absolute path such as "/var/www/data"' });

const variableName = z.string().regex(/^[A-Za-z_]\w*$/, { error: 'must be a name such as "DB_HOST"' });

/** What is sealed is opened by the program alone, and is a secret of Pulumi's from there on. */
const variable = z.union([
  z.strictObject({ name: variableName, value: z.string() }),
  z.strictObject({ name: variableName, sealed: z.string().refine(isSealed) }),
]);

const healthCheck = z.strictObject({
  /** "CMD" and a program with its arguments, or "CMD-SHELL" and a line; run inside of the container */
  test: z.array(z.string()).min(2),
  intervalSeconds: z.int().positive(),
  timeoutSeconds: z.int().positive(),
  retries: z.int().positive(),
  /** failures count only after it */
  startSeconds: z.int().nonnegative(),
});

const container = z.strictObject({
  image,
  address,
  /** none: the image's own */
  entrypoint: z.array(z.string()).default([]),
  /** none: the image's own */
  command: z.array(z.string()).default([]),
  environment: z.array(variable).default([]),
  memoryMb: z.int().min(16),
  cpus: z.number().positive(),
  /** in ids, since names are the image's own */
  user: z.string().regex(/^[1-9]\d*:[1-9]\d*$/, {
    error: 'must be the ids of a user and a group, not of root, such as "10001:10001"',
  }),
  isReadOnly: z.boolean(),
  /** what is written below them is lost with the container */
  temporary: z.array(path).default([]),
  /** of each of them, out of its memory; 64 is what was built before sizes said it */
  temporaryMb: z.int().min(1).default(64),
  mounts: z.array(z.strictObject({ volume: name, path, isReadOnly: z.boolean().default(false) })).default([]),
  healthCheck,
  /** from the request to end to the end by force */
  stopSeconds: z.int().positive().default(10),
});

const host = z
  .strictObject({
    endpoint: z.string().regex(/^(unix:\/\/\/|ssh:\/\/|tcp:\/\/)[\w.@:/[\]-]+$/, {
      error: 'must be a Docker endpoint such as "unix:///var/run/docker.sock" or "ssh://simpul@10.1.0.5"',
    }),
    /** folder of ca.pem, cert.pem and key.pem */
    certificates: path.optional(),
  })
  .refine(({ endpoint, certificates }) => !endpoint.startsWith("tcp:") || certificates !== undefined, {
    error: 'needs "certificates" with "tcp://": without TLS everybody on the way is root on that host',
  });

const application = z
  .strictObject({
    kind: z.literal("application"),
    name,
    host,
    /** For the proxy, which is told by Simpul, and for who asks whether it answers: an approval of this file is one of who reaches the application, and how. */
    published: z.strictObject({
      name: z.hostname(),
      reach: z.enum(["intranet", "internet"]),
      /** absent: what its runtime says */
      path: z.string().startsWith("/").optional(),
    }),
    /** For Simpul, which purges what was deleted no sooner; absent: it is not deleted. */
    keptDays: z.int().nonnegative().optional(),
    /** none: deleted, while its data is kept */
    network: z.strictObject({ subnet, gateway: address }).optional(),
    /** none: stopped, or deleted while its data is kept */
    web: z.array(container.extend({ slot: z.enum(["a", "b"]), port: z.int().min(1).max(65_535) })).max(2),
    database: container.extend({ engine: z.enum(["postgresql", "mariadb"]) }).optional(),
    /** For who fills its database before anything asks it: with the dump of that SHA-256, or with nothing; absent: it is filled. */
    filledFrom: z
      .string()
      .regex(/^[0-9a-f]{64}$/)
      .nullable()
      .optional(),
    /** By which a vendor gets at its files; that port of the host leads to this one of its own. */
    access: container
      .extend({ publishedPort: z.int().min(1024).max(65_535), port: z.int().min(1024).max(65_535) })
      .optional(),
    /** kept whatever happens to the containers */
    volumes: z.array(name).default([]),
  })
  .superRefine((input, context) => {
    for (const message of problemsOfApplication(input)) context.addIssue({ code: "custom", message });
  });

const platform = z.strictObject({
  kind: z.literal("platform"),
  name,
  host,
  /** Caddy, which reaches the applications from the host's own network */
  proxy: z.strictObject({ image, memoryMb: z.int().min(32), cpus: z.number().positive() }),
  /** For its routes, which Simpul gives it: who is of the intranet is approved with this file. Absent: built before that was said here. */
  settings: z
    .strictObject({
      httpPort: z.int().min(1).max(65_535),
      httpsPort: z.int().min(1).max(65_535),
      intranet: z.array(z.string().refine((text) => parsePrefix(text).ok)),
      acmeDirectory: z.url().optional(),
    })
    .optional(),
});

const stackInput = z.discriminatedUnion("kind", [application, platform]);

export type StackInput = z.infer<typeof stackInput>;
export type ApplicationInput = z.infer<typeof application>;
export type PlatformInput = z.infer<typeof platform>;
export type ContainerInput = z.infer<typeof container>;
export type HostInput = z.infer<typeof host>;

/** The file of a stack is none that could be built; each problem in a line of its own. */
export class BadStackInput extends Error {
  override name = "BadStackInput";
  readonly problems: readonly string[];

  constructor(stack: string, problems: readonly string[]) {
    super([`reading the input of stack ${stack}:`, ...problems].join("\n  "));
    this.problems = problems;
  }
}

/** @throws BadStackInput */
export function parseStackInput(text: string, stack: string): StackInput {
  const parsed = stackInput.safeParse(readJson(text, stack));
  if (!parsed.success) throw new BadStackInput(stack, parsed.error.issues.map(describeIssue));
  if (parsed.data.name !== stack) throw new BadStackInput(stack, [`name: it is that of the stack ${parsed.data.name}`]);
  return parsed.data;
}

function readJson(text: string, stack: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Without its cause, which quotes the text.
    throw new BadStackInput(stack, ["it is no JSON"]);
  }
}

/** Never the value, which may be a secret in the wrong place. */
function describeIssue({ path: at, message }: z.core.$ZodIssue): string {
  return at.length === 0 ? message : `${at.join(".")}: ${message}`;
}
