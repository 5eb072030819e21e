/** A component that is drawn again only when one of its props is another value. */

import { Component, type ComponentType, type FunctionComponent, type ComponentChild, h } from "preact";

function differ(a: object, b: object): boolean {
  const keys = Object.keys(a);
  if (keys.length !== Object.keys(b).length) return true;
  return keys.some((key) => Reflect.get(a, key) !== Reflect.get(b, key));
}

export function memo<P extends object>(inner: FunctionComponent<P>): ComponentType<P> {
  return class Memo extends Component<P> {
    override shouldComponentUpdate(next: Readonly<P>): boolean {
      return differ(this.props, next);
    }

    override render(props: P): ComponentChild {
      return h(inner, props);
    }
  };
}
