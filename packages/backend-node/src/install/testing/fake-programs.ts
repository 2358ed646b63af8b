// Programs that stand in for Python with pip and for a C++ compiler: quick, without network, and able to fail on demand.

/** How the fakes behave; what is not named works. They read it from their environment. */
export interface Fakes {
  readonly FAKE_PYTHON?: 'old' | 'no-pip';
  readonly FAKE_PIP?: 'wrong-hash' | 'no-network' | 'no-wheel' | 'disk-full' | 'hang' | 'slow';
  readonly FAKE_UNPACK?: 'disk-full' | 'broken' | 'empty';
  readonly FAKE_COMPILER?: 'fail' | 'disk-full' | 'hang';
  /** How tfjs-node behaves when it is verified. */
  readonly FAKE_TFJS?: 'crash' | 'old' | 'gpu';
}

const common = `
PATH=/usr/bin:/bin
note() { echo "$1" >> "$FAKE_LOG"; }
fail() { cat >&2; exit 1; }
# The argument after the flag.
value_of() { flag=$1; shift; while [ "$1" != "$flag" ]; do shift; done; echo "$2"; }
# Goes on until it is killed, as does a program that it started and that ignores polite signals.
hang() {
  sh -c 'trap "" TERM INT HUP; while :; do sleep 1; done' > /dev/null 2>&1 &
  note "$1 hangs $$ $!"
  wait
}
`;

export const fakePython = `${common}
download() { touch "$(value_of --dest "$@")/tensorflow.whl"; }
if [ "$1" = -m ]; then
  note 'pip download'
  case $FAKE_PIP in
    wrong-hash) fail <<'END'
ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE. If you have updated the package versions, please update the hashes.
    tensorflow-cpu==2.21.0 from file:///wheels/tensorflow_cpu.whl (from -r requirements.txt (line 1)):
        Expected sha256 2b84
             Got        0000
END
    ;;
    no-network) fail <<'END'
WARNING: Retrying (Retry(total=0, connect=None, read=None, redirect=None, status=None)) after connection broken by 'NewConnectionError('<HTTPConnection object>: Failed to establish a new connection: [Errno 111] Connection refused')': /simple/tensorflow-cpu/
ERROR: Could not find a version that satisfies the requirement tensorflow-cpu==2.21.0 (from versions: none)
ERROR: No matching distribution found for tensorflow-cpu==2.21.0
END
    ;;
    no-wheel) echo 'ERROR: No matching distribution found for tensorflow-cpu==2.21.0' | fail ;;
    disk-full) echo 'OSError: [Errno 28] No space left on device' | fail ;;
    hang) echo half > "$TMPDIR/half.whl"; hang pip ;;
    slow) sleep 1; download "$@" ;;
    *) download "$@" ;;
  esac
elif [ -n "$3" ]; then
  note unpack
  site=$3
  shift 3
  case $FAKE_UNPACK in
    disk-full) echo 'OSError: [Errno 28] No space left on device' | fail ;;
    broken) echo 'zipfile.BadZipFile: File is not a zip file' | fail ;;
    empty) rm "$@" ;;
    *) rm "$@"; mkdir "$site/tensorflow"; echo library > "$site/tensorflow/libtensorflow_cc.so.2" ;;
  esac
elif [ "$FAKE_PYTHON" = old ]; then
  echo 'False 3.7.9'
else
  echo 'True 3.11.7'
  [ "$FAKE_PYTHON" = no-pip ] || echo 23.2.1
fi
`;

export const fakeCompiler = `${common}
case " $* " in *' --version '*) exit 0 ;; esac
note g++
case $FAKE_COMPILER in
  fail) echo 'tfjs_backend.cc:1:10: fatal error: no such thing' | fail ;;
  disk-full) echo 'x.o: final close failed: No space left on device' | fail ;;
  hang) hang g++ ;;
  *) printf 'a binding' > "$(value_of -o "$@")" ;;
esac
`;

/** The main file of a package that stands in for tfjs-node. */
export const fakeTfjs = `
const { readFileSync } = require('node:fs');
const how = process.env.FAKE_TFJS;
readFileSync(__dirname + '/lib/napi-v8/tfjs_binding.node');
readFileSync(__dirname + '/deps/graft/libtensorflow_cc.so.2');
if (how === 'crash') process.kill(process.pid, 'SIGSEGV');
console.error('E0000 00:00:1795516010.4 23282 cuda_platform.cc:52] failed call to cuInit: no driver');
exports.backend = () => ({
  binding: { TF_Version: how === 'old' ? '2.9.1' : '2.21.0' },
  isUsingGpuDevice: how === 'gpu',
});
exports.add = ([a], [b]) => ({ dataSync: () => [a + b] });
`;
