package io.maquette.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Reader of the processor time and memory of processes from Linux. */
final class Processes {

  /** The kernel counts in hundredths of a second wherever Java runs. */
  private static final double TICKS_PER_SECOND = 100;

  private Processes() {}

  /** Processor seconds used so far, by the process and by children that have ended. */
  static double cpuSeconds(long pid) throws IOException {
    String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    long ticks = 0;
    for (int field = 11; field <= 14; field++) { // utime, stime, cutime, cstime
      ticks += Long.parseLong(fields[field]);
    }
    return ticks / TICKS_PER_SECOND;
  }

  /** Processor seconds used so far by a process and all its children. */
  static double cpuSecondsOfFamily(ProcessHandle parent) throws IOException {
    double seconds = cpuSeconds(parent.pid());
    for (ProcessHandle child : parent.children().toList()) {
      try {
        seconds += cpuSeconds(child.pid());
      } catch (IOException e) {
        // it has ended, and is counted with its parent
      }
    }
    return seconds;
  }

  /** The most memory that was ever resident, in bytes. */
  static long peakBytes(long pid) throws IOException {
    return status(pid, "VmHWM:") << 10;
  }

  /** Memory resident now, in bytes. */
  static long residentBytes(long pid) throws IOException {
    return status(pid, "VmRSS:") << 10;
  }

  static long threads(long pid) throws IOException {
    return status(pid, "Threads:");
  }

  static long openFiles(long pid) throws IOException {
    try (var handles = Files.list(Path.of("/proc", Long.toString(pid), "fd"))) {
      return handles.count();
    }
  }

  private static long status(long pid, String key) throws IOException {
    List<String> lines = Files.readAllLines(Path.of("/proc", Long.toString(pid), "status"));
    return lines.stream()
        .filter(line -> line.startsWith(key))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElseThrow();
  }
}
