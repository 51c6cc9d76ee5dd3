import { provide } from "./debian.js";
import { suite } from "./suite.js";

/** Many hosts and one Redis, all on this machine, which makes a certificate for its own name. */
export async function cluster() {
  provide({ openssl: "openssl" });
  return suite("cluster");
}
