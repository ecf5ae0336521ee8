import type { HostingTarget } from "./hosting-rules.ts";

/**
 * A target with the ports, networks and authority by which its proxy was built: what the profile says since counts from its
 * next plan on.
 *
 * @param input the file by which its platform was built; undefined: it never was
 */
export function asBuilt(target: HostingTarget, input: string | undefined): HostingTarget {
  const settings = input === undefined ? undefined : JSON.parse(input).settings;
  // Absent: it was built before they stood there.
  if (settings === undefined) return target;
  const { httpPort, httpsPort, intranet, acmeDirectory } = settings;
  return { ...target, proxy: { ...target.proxy, httpPort, httpsPort, intranet, acmeDirectory } };
}
