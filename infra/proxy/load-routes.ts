import type { DockerHost } from "../stacks/docker-host.ts";
import { adminSocket, type ProxySettings, type Route, toCaddyConfig } from "./routes.ts";

/**
 * Gives the proxy its routes; requests that are under way end by the former ones. It keeps them over a restart. The same routes
 * again change nothing.
 *
 * @param stack of the platform, after which the proxy is named
 * @throws StackFault it does not run, or refuses them; then it goes on with the former ones
 */
export async function loadRoutes(
  docker: DockerHost,
  stack: string,
  routes: readonly Route[],
  settings: ProxySettings,
): Promise<void> {
  const command = ["caddy", "reload", "--config", "-", "--address", adminSocket.address];
  await docker.run(["exec", "--interactive", `${stack}-proxy`, ...command], {
    stdin: JSON.stringify(toCaddyConfig(routes, settings)),
  });
}
