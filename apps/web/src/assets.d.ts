// Files that Vite serves as they are: their URL.

declare module '*?url' {
  const url: string;
  export default url;
}
