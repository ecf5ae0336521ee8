import { type Browser, chromium } from "playwright-core";

export const chromiumPath = "/usr/bin/chromium";

/** Talks to this machine only, whatever a browser otherwise likes to ask its maker. */
const quiet = [
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-default-apps",
  "--disable-domain-reliability",
  "--disable-sync",
  "--no-first-run",
];

/** @param domain whose names lead to that address, as a name server of the office would say; all others lead nowhere */
export function openChromium(domain?: { name: string; address: string }): Promise<Browser> {
  const known = domain === undefined ? "" : `MAP *.${domain.name} ${domain.address}, EXCLUDE ${domain.address}, `;
  const resolver = `--host-resolver-rules=${known}MAP * ~NOTFOUND, EXCLUDE 127.0.0.1`;
  // Root has no sandbox, and a container's /dev/shm is small.
  const args = ["--no-sandbox", "--disable-dev-shm-usage", resolver, ...quiet];
  return chromium.launch({ executablePath: chromiumPath, args });
}
