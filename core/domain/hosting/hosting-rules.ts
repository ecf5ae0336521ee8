/** What the profile says of hosting by machine; without it, applications are hosted by hand. */
export type HostingRules = {
  targets: readonly HostingTarget[];
  sizes: readonly HostingSize[];
  runtimes: readonly HostingRuntime[];
  databases: readonly HostingDatabase[];
  /** From where an image may be named instead of handed in: "registry.example.go.id". */
  registries: readonly string[];
  /** How long a plan can be approved and built. */
  planHours: number;
  /** How long the data of a deleted application is kept at least, and its address and name with it. */
  keepDeletedDays: number;
  /** By what vendors get at the files of applications; absent: they do not. */
  access?: AccessRules | undefined;
};

/** A server of SSH, one for each access. Its image has sshd, and /etc/passwd as a link to /tmp/access/passwd. */
export type AccessRules = {
  /** by digest or ID */
  image: string;
  memoryMb: number;
  cpus: number;
  /** of each host, one for each access */
  ports: { first: number; last: number };
  longestDays: number;
};

/** A host on which applications are built, and the proxy before them. */
export type HostingTarget = {
  name: string;
  title: string;
  /** of its Docker engine: "unix:///var/run/docker.sock" */
  endpoint: string;
  /** folder of ca.pem, cert.pem and key.pem */
  certificates?: string | undefined;
  /** of the register of addresses; each application gets a /29 of the prefix */
  zone: string;
  prefix: string;
  proxy: {
    /** to which the names of applications lead */
    addresses: readonly string[];
    httpPort: number;
    httpsPort: number;
    /** networks of the intranet, in CIDR */
    intranet: readonly string[];
    /** Caddy, by digest or ID */
    image: string;
    memoryMb: number;
    cpus: number;
    /** where certificates of names of the internet come from; absent: from the proxy's own CA */
    acmeDirectory?: string | undefined;
  };
};

export type HostingSize = {
  name: string;
  title: string;
  memoryMb: number;
  cpus: number;
  /** of each temporary folder; what lies there is of its memory. Absent: 64 */
  temporaryMb?: number | undefined;
};

/** By what an application runs, and how it is known to run. */
export type HostingRuntime = {
  name: string;
  title: string;
  /** where the request names none */
  port: number;
  /** what is asked for by name before it is said that it is there, where the request names nothing */
  healthPath: string;
  /** "CMD" and a program with its arguments, run inside of the container; "{port}" is the port, "{path}" what is asked for */
  healthTest: readonly string[];
  /** between two of its tests; absent: five */
  healthIntervalSeconds?: number | undefined;
  /** It may take so long to start: what fails before that does not count; absent: five. */
  startSeconds?: number | undefined;
  /** So long what is under way may take to end before its container is ended; absent: `usualDrainSeconds`. */
  drainSeconds?: number | undefined;
  /** An image is made of this one, by digest or ID, and the files of an archive, which are put into a folder of it; absent: an image is handed in. */
  made?: { image: string; folder: string } | undefined;
  /** the ids of a user and a group: "10001:10001" */
  user: string;
  /** absent: the image's own */
  entrypoint?: readonly string[] | undefined;
  command?: readonly string[] | undefined;
  /** folders whose files outlive the container; each is a volume */
  kept: readonly { name: string; folder: string }[];
  /** folders that can be written, and are empty in each container */
  temporary: readonly string[];
  /** by their names in the profile: those that go with it */
  databases: readonly string[];
};

export const usualDrainSeconds = 10;

/** The answer that an application has none. */
export const noDatabase = "none";

/** An image of a server of databases that keeps the environment variables of the official images. */
export type HostingDatabase = {
  name: string;
  title: string;
  engine: "postgresql" | "mariadb";
  /** by digest or ID */
  image: string;
  memoryMb: number;
  cpus: number;
  /** the ids of a user and a group: "999:999" */
  user: string;
  /** where its files lie */
  folder: string;
  temporary: readonly string[];
  healthTest: readonly string[];
  /** between two of its tests; absent: five */
  healthIntervalSeconds?: number | undefined;
};

/** What the profile builds all applications on, beside the images of their own. */
export function imagesOfProfile({ targets, runtimes, databases, access }: HostingRules): Set<string> {
  return new Set([
    ...(access === undefined ? [] : [access.image]),
    ...targets.map(({ proxy }) => proxy.image),
    ...runtimes.flatMap(({ made }) => made?.image ?? []),
    ...databases.map(({ image }) => image),
  ]);
}
