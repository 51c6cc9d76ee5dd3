/**
 * The least that carries a cancel: a flag, a reason, and a list of the members that must hear of it.
 * A member has `owner`, `before` and `after` for its links, and `onCancel(reason, scopes)`.
 * (Constructors set fields one by one: measurably cheaper than class fields through inheritance.)
 */
export class RawScope {
  constructor() {
    this.owner = undefined;
    this.before = undefined;
    this.after = undefined;
    this.first = undefined;
    this.cancelled = false;
    this.reason = undefined;
  }

  /** Reaches all scopes below with a loop: thousands of them may be nested. */
  cancel(reason) {
    const scopes = [this];
    for (let scope = scopes.pop(); scope; scope = scopes.pop()) {
      if (scope.cancelled) continue;
      scope.cancelled = true;
      scope.reason = reason;
      for (let member = scope.first; member; member = scope.first) {
        leave(member);
        member.onCancel(reason, scopes);
      }
    }
  }

  onCancel(_reason, scopes) {
    scopes.push(this);
  }
}

export function join(member, scope) {
  const { first } = scope;
  member.owner = scope;
  member.after = first;
  if (first) first.before = member;
  scope.first = member;
}

/** Clears the links: a dead node in old space would keep every later one alive. */
export function leave(member) {
  const { owner, before, after } = member;
  if (!owner) return;
  if (before) before.after = after;
  else owner.first = after;
  if (after) after.before = before;
  member.owner = member.before = member.after = undefined;
}
