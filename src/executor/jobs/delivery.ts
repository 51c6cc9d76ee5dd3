/** What a job is on a cluster: something that may come to a host more than once. */
export interface Delivery {
  /** 1 for the first time. */
  readonly attempt: number;
  /** The same each time. */
  readonly jobKey: string;
  /** True: whoever sent it wants to hear of the start. */
  readonly tell: boolean;
}
