// Wraps a method of one object for a time. Several wraps of the same method may overlap and end in any order.

type Around<F> = (original: F) => F;

interface Wrapped {
  readonly arounds: Set<Around<unknown>>;
  readonly restore: () => void;
}

const wrappedMethods = new WeakMap<object, Map<PropertyKey, Wrapped>>();

/** Puts `around` about a method of this object only, and gives back the way to take it off again. */
export function wrapMethod<T extends object, K extends keyof T>(
  object: T,
  key: K,
  around: Around<T[K]>,
): () => void {
  const methods = wrappedMethods.get(object) ?? new Map<PropertyKey, Wrapped>();
  wrappedMethods.set(object, methods);
  const wrapped = methods.get(key) ?? install(object, key);
  methods.set(key, wrapped);
  // A function of its own, so that the same one may be put on twice.
  const own: Around<unknown> = (original) => around(original as T[K]);
  wrapped.arounds.add(own);
  return () => {
    wrapped.arounds.delete(own);
    if (wrapped.arounds.size > 0 || methods.get(key) !== wrapped) return;
    methods.delete(key);
    wrapped.restore();
  };
}

function install<T extends object, K extends keyof T>(object: T, key: K): Wrapped {
  const arounds = new Set<Around<unknown>>();
  const descriptor = Object.getOwnPropertyDescriptor(object, key);
  const original = (object[key] as (...args: unknown[]) => unknown).bind(object);
  const value = (...args: unknown[]): unknown => {
    const outermost = [...arounds].reduce((inner: unknown, around) => around(inner), original);
    return (outermost as typeof original)(...args);
  };
  Object.defineProperty(object, key, { value, configurable: true, writable: true });
  return {
    arounds,
    restore() {
      if (descriptor) Object.defineProperty(object, key, descriptor);
      else delete object[key];
    },
  };
}
