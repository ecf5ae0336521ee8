import type { Application } from "./application.ts";
import type { HostingRules, HostingRuntime } from "./hosting-rules.ts";
import { databasePorts } from "./render-database.ts";
import { volumeOf } from "./stack-names.ts";
import { accessAddressOf, accessUser, isOfDatabase, type VendorAccess } from "./vendor-access.ts";

/** In which the folders lie that an application keeps, each by its name. */
const filesFolder = "/files";
/** Of `sshd`, inside of its container. Nobody but root may have one below 1024. */
const innerPort = 2222;
/** The same, as /proc/net/tcp has it. */
const innerPortInHex = innerPort.toString(16).toUpperCase().padStart(4, "0");

/**
 * What it is told by its environment alone, so that no text of anybody's is part of the script. Configuration and keys are arguments
 * of the server: there is no file of either that who is in might change.
 */
const script = `set -eu
left=$((ACCESS_UNTIL - $(date +%s)))
[ "$left" -gt 0 ] || { echo "this access has ended"; exit 1; }
umask 077
mkdir -p /tmp/access
printf '${accessUser}:*:%s:%s::${filesFolder}:/bin/sh\\n' "$(id -u)" "$(id -g)" >/tmp/access/passwd
printf '%s\\n' "$ACCESS_HOST_KEY" | base64 -d >/tmp/access/host-key
unset ACCESS_HOST_KEY
set -f
IFS='
'
for line in $ACCESS_CONFIGURATION; do set -- "$@" -o "$line"; done
exec timeout --signal=KILL "$left" /usr/sbin/sshd -D -e -f none "$@"`;

/** Whoever gets in goes no further: nothing is forwarded, but to the database, and then nothing else can be done. */
function configurationFor(access: Granted, database: string | undefined): string {
  return [
    `Port ${innerPort}`,
    "ListenAddress 0.0.0.0",
    "HostKey /tmp/access/host-key",
    "AuthorizedKeysFile none",
    // It is asked for at each login, and prints what it was told here.
    `AuthorizedKeysCommand /bin/echo '${authorizedKey(access, database)}'`,
    `AuthorizedKeysCommandUser ${accessUser}`,
    "AuthenticationMethods publickey",
    // sshd adds such lines up: one without a network would let them in from anywhere.
    `AllowUsers ${comersOf(access).join(" ")}`,
    "PermitRootLogin no",
    "UsePAM no",
    "PidFile none",
    "LoginGraceTime 30",
    "ClientAliveInterval 60",
    "PermitUserEnvironment no",
    "PermitUserRC no",
    "LogLevel VERBOSE",
    ...(database === undefined ? ["MaxSessions 4", "DisableForwarding yes"] : forwardingTo(database)),
    ...(database === undefined ? ["Subsystem sftp internal-sftp"] : []),
    ...(access.kind === "sftp" ? [`ForceCommand internal-sftp -d ${filesFolder}`] : []),
  ].join("\n");
}

function comersOf({ sources }: Granted): string[] {
  return sources === null ? [accessUser] : sources.split(",").map((source) => `${accessUser}@${source}`);
}

/** No session of any kind: neither a shell nor a command nor files. */
function forwardingTo(database: string): string[] {
  return [
    ...["MaxSessions 0", "AllowTcpForwarding local", `PermitOpen ${database}`, "PermitListen none"],
    ...["AllowAgentForwarding no", "AllowStreamLocalForwarding no", "X11Forwarding no", "PermitTunnel no"],
  ];
}

type Granted = Pick<VendorAccess, "kind" | "publicKey" | "sources" | "until">;
type Rendered = Pick<Application, "runtime" | "subnet" | "database" | "databaseAddress" | "access">;

/**
 * The container by which a vendor gets at the files of an application, or at its database. It is of the user whom the
 * application's files are of, and ends by itself when the access does, whether or not anybody of ours still works.
 *
 * @returns undefined: the profile does not know access, the runtime or the database any more, or it has no key of its own yet
 */
export function renderAccess(application: Rendered, { access: rules, runtimes, databases }: HostingRules) {
  const { access, subnet } = application;
  if (access === null) return {};
  const runtime = runtimes.find(({ name }) => name === application.runtime);
  const isForDatabase = isOfDatabase(access.kind);
  const server = isForDatabase ? databases.find(({ name }) => name === application.database) : undefined;
  if (rules === undefined || runtime === undefined || access.hostKey === null) return undefined;
  if (isForDatabase && server === undefined) return undefined;
  const database = server && `${application.databaseAddress}:${databasePorts[server.engine]}`;
  const { image, memoryMb, cpus } = rules;
  const container = {
    ...{ image, address: accessAddressOf(subnet), publishedPort: access.port, port: innerPort },
    entrypoint: ["/bin/sh", "-c", script],
    environment: [
      { name: "ACCESS_UNTIL", value: String(Math.floor(access.until.getTime() / 1000)) },
      { name: "ACCESS_CONFIGURATION", value: configurationFor(access, database) },
      { name: "ACCESS_HOST_KEY", sealed: access.hostKey },
    ],
    ...{ memoryMb, cpus, user: runtime.user, isReadOnly: true, temporary: ["/tmp"] },
    mounts: isForDatabase ? [] : mountsOf(runtime),
    healthCheck: {
      test: ["CMD", "grep", "-q", `00000000:${innerPortInHex} 00000000:0000 0A`, "/proc/net/tcp"],
      ...{ intervalSeconds: 5, timeoutSeconds: 3, retries: 3, startSeconds: 5 },
    },
  };
  return { access: container };
}

function mountsOf({ kept }: HostingRuntime) {
  return kept.map(({ name }) => ({ volume: volumeOf(name), path: `${filesFolder}/${name}` }));
}

/** As a line of `authorized_keys`: until when, from where, and nothing but what is asked for. */
function authorizedKey({ kind, publicKey, sources, until }: Granted, database: string | undefined) {
  const minute = until.toISOString().slice(0, 16).replace(/\D/g, "");
  const options = [
    "restrict",
    `expiry-time="${minute}"`,
    ...(sources === null ? [] : [`from="${sources}"`]),
    ...(kind === "shell" ? ["pty"] : []),
    ...(database === undefined ? [] : ["port-forwarding", `permitopen="${database}"`]),
  ];
  return `${options.join(",")} ${publicKey}`;
}
