/** Why an operation on a stack did not come about. */
export type StackFaultReason =
  | "address-taken"
  | "disk-full"
  | "docker-missing"
  | "host-unreachable"
  | "host-untrusted"
  | "image-missing"
  | "killed"
  | "memory-exceeded"
  | "name-taken"
  | "no-stack"
  | "protected"
  | "proxy-missing"
  | "pulumi-missing"
  | "state-unreachable"
  | "stopped"
  | "store-full"
  | "subnet-taken"
  | "too-slow"
  | "unhealthy"
  | "wrong-passphrase"
  | "other";

/** An operation failed; the text says what was being done, and last what Pulumi or Docker said of it. */
export class StackFault extends Error {
  override name = "StackFault";
  readonly reason: StackFaultReason;

  /** @param doing "updating stack app-bappeda" */
  constructor(reason: StackFaultReason, doing: string, detail: string, options?: ErrorOptions) {
    super(`${doing}: ${detail}`, options);
    this.reason = reason;
  }
}

/** What of a process of ours that a signal ended is said. */
export const toldToEnd = "it was told to end";

/** What Pulumi, its provider for Docker and the engine say; each was seen in a run. The first that fits counts. */
const sayings: [RegExp, StackFaultReason][] = [
  // The package of that name downloads the program at its first use.
  [/^pulumi: /m, "pulumi-missing"],
  [/incorrect passphrase/i, "wrong-passphrase"],
  [/unable to open bucket|failed to ping PostgreSQL/i, "state-unreachable"],
  [/no stack named/i, "no-stack"],
  [/no space left on device|^ERROR 1114 /im, "disk-full"],
  [/spawn docker ENOENT/, "docker-missing"],
  [/failed to connect to any docker daemon|cannot connect to the docker daemon/i, "host-unreachable"],
  // An engine that ends, or starts, in the middle.
  [/error during connect|connection re(fused|set)|unexpected EOF|context canceled/i, "host-unreachable"],
  [/no such container: \S+-proxy\b/i, "proxy-missing"],
  [/Container \S+ is (not running|restarting)/, "host-unreachable"],
  [/unable to pull image|no such image|manifest unknown|pull access denied/i, "image-missing"],
  [/container failed to be in healthy state/i, "unhealthy"],
  [/container name \S+ is already in use|network with name \S+ already exists/i, "name-taken"],
  [/pool overlaps with other one/i, "subnet-taken"],
  [/address already in use/i, "address-taken"],
  [/cannot be deleted\s+because it is protected/i, "protected"],
];

/** Of ssh, and of TLS in Docker's client, on the way to a host; what they print is several lines, or names it last in a long one. */
const distrust: [RegExp, string][] = [
  [/Host key verification failed/, "the host's SSH key is not known here, or is another one than it was"],
  [/Permission denied \(publickey/, "the host does not take the SSH key of this account"],
  [
    /^\s*error during connect: .*\bx509: /m,
    "the host's certificate is not of ca.pem, not of this address, or not valid today",
  ],
  [/client authentication \(--tlsverify\) enabled/, "the host does not take the certificate in cert.pem"],
  [/could not (read CA certificate|load X509)|docker endpoint: open /i, "ca.pem, cert.pem or key.pem cannot be read"],
];

/** Said by the program itself, and not of an engine: it writes on Simpul's own disk. */
const ownDiskFull = /^(?!.*\bfrom daemon\b).*no space left on device/im;

const mostLines = 6;

/**
 * @param output of Pulumi or Docker, with secrets taken out
 * @param options.writesHere it writes files on this machine, too
 */
export function explainOutput(
  doing: string,
  output: string,
  { writesHere = false }: { writesHere?: boolean | undefined } = {},
): StackFault {
  const distrusted = distrust.find(([saying]) => saying.test(output));
  if (distrusted !== undefined) return new StackFault("host-untrusted", doing, distrusted[1]);
  const isOwnDisk = writesHere && ownDiskFull.test(output);
  const reason = isOwnDisk ? "store-full" : (sayings.find(([saying]) => saying.test(output))?.[1] ?? "other");
  return new StackFault(reason, doing, errorLinesOf(output).join("\n  "));
}

/** Pulumi says an error several times, with its stack around it. */
function errorLinesOf(output: string): string[] {
  const lines = output.split("\n").map((line) => line.trim());
  const telling = lines.filter(
    (line) => /^(error:|\*|Error|ERROR \d|psql:)/.test(line) && !/update failed|error occurred:$/.test(line),
  );
  const chosen = telling.length > 0 ? telling : lines.filter((line) => line !== "");
  return [...new Set(chosen)].slice(-mostLines);
}
