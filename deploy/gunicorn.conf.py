"""How gunicorn serves every service. The numbers come on the command line, from Candour's own settings."""

import ctypes
import gc
import signal
import sys
import threading

worker_class = "gthread"
preload_app = True  # the workers share the memory of what is loaded; nothing is connected before the fork
graceful_timeout = 10
timeout = 30
keepalive = 5
max_requests = 20_000
max_requests_jitter = 2_000
limit_request_line = 8_190
limit_request_fields = 60
forwarder_headers = ""  # no peer may say where the application stands, or that it came by https
secure_scheme_headers = {}
accesslog = None  # the application writes its own line for each request, without addresses and query strings
errorlog = "-"
loglevel = "error"  # its warnings quote what malformed requests say
control_socket_disable = True


def when_ready(server):
    """What is loaded stays for good: left out of the collector's rounds, its memory stays shared with the workers."""
    gc.collect()
    gc.freeze()


def post_fork(server, worker):
    """A worker ends with its master: an orphan would keep the port from the one that takes its place."""
    # A thread that holds the write lock gets the interpreter back soon, however many others want it.
    sys.setswitchinterval(0.0002)
    if sys.platform == "linux":
        death_of_parent = 1  # PR_SET_PDEATHSIG
        ctypes.CDLL(None).prctl(death_of_parent, signal.SIGKILL)


def child_exit(server, worker):
    """Let the counters of a worker that has ended be added up without its live gauges."""
    from prometheus_client import multiprocess

    if threading.current_thread() is threading.main_thread():
        multiprocess.mark_process_dead(worker.pid)
