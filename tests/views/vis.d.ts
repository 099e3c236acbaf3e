// The part of vis-network that the pages use.
declare namespace vis {
  interface Place {
    x: number;
    y: number;
  }
  interface Move {
    position?: Place;
    scale?: number;
    animation?: boolean | { duration: number; easingFunction: string };
  }
  class Network {
    constructor(container: HTMLElement, data: { nodes: object[]; edges: object[] }, options: object);
    canvas: { frame: HTMLElement };
    renderer: { redrawRequested: boolean };
    getScale(): number;
    getViewPosition(): Place;
    moveTo(move: Move): void;
    redraw(): void;
    setSize(width: string, height: string): void;
    DOMtoCanvas(place: Place): Place;
    canvasToDOM(place: Place): Place;
    on(event: "beforeDrawing", does: (ctx: CanvasRenderingContext2D) => void): void;
    on(event: "click", does: (what: { pointer: { canvas: Place } }) => void): void;
    on(event: "dragStart" | "dragging" | "dragEnd" | "zoom" | "resize" | "animationFinished", does: () => void): void;
  }
}
