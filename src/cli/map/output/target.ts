/** What bytes are written to. */
export interface Target {
  /** Resolves when the bytes are out of this process: in the system's cache, or with the reader. */
  write(bytes: Buffer): Promise<void>;
  /** Resolves when what was written survives a loss of power. */
  sync(): Promise<void>;
  close(): Promise<void>;
}
