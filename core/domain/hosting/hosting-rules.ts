/** What the profile says of hosting by machine; without it, applications are hosted by hand. */
export type HostingRules = {
  targets: readonly HostingTarget[];
  sizes: readonly HostingSize[];
  runtimes: readonly HostingRuntime[];
  /** How long a plan can be approved and built. */
  planHours: number;
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
    /** where certificates of names of the internet come from; absent: from the proxy's own CA */
    acmeDirectory?: string | undefined;
  };
};

export type HostingSize = { name: string; title: string; memoryMb: number; cpus: number };

/** An image that somebody hands in, and how it is known to run. */
export type HostingRuntime = {
  name: string;
  title: string;
  /** where the request names none */
  port: number;
  /** what is asked for by name before it is said that it is there */
  healthPath: string;
  /** "CMD" and a program with its arguments, run inside of the container; "{port}" is the port */
  healthTest: readonly string[];
};
