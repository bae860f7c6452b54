#!/usr/bin/env dotnet
#:property TargetFramework=net10.0
#:property PublishAot=false
#:property Nullable=enable

// The one build script: build | test | run | tidy | crash | chaos | servers | cluster | bench. build.sh and build.ps1 are doors onto it, without logic of their own.
using System.Diagnostics;

var verb = args.Length == 0 ? "help" : args[0];
var rest = args.Skip(1).ToArray();
return verb switch
{
    "build" => Run("dotnet", ["build", "Market.slnx", "-c", "Release", .. rest]),
    "test" => Run("bash", ["tests/run.sh", .. rest]),
    "run" => Run("dotnet", ["run", "-c", "Release", "--project", "src/Market.Node", "--", .. rest]),
    "tidy" => Both(
        Run("dotnet", ["format", "Market.slnx", "--verify-no-changes", "--no-restore"]),
        Run("dotnet", ["test", "tests/Market.Tidy.Tests", .. rest])),
    "crash" => Run("dotnet", ["run", "-c", "Release", "--project", "tests/Market.Crash", "--", .. rest]),
    "chaos" => Run("dotnet", ["run", "-c", "Release", "--project", "tests/Market.Chaos", "--", .. rest]),
    "servers" => Run("dotnet", ["run", "-c", "Release", "--project", "tests/Market.Servers", "--", .. rest]),
    "cluster" => Both(
        Run("dotnet", ["build", "src/Market.Node", "-c", "Release", "--nologo", "-v", "quiet"]),
        Run("dotnet", ["run", "-c", "Release", "--project", "tests/Market.Servers", "--", "--nodes", "3", .. rest])),
    "bench" => Both(Both(Bench("Market.Parts", ["--filter", "*"]), Bench("Market.Bench", ["inprocess", .. rest])), Bench("Market.Doors", rest)),
    _ => Help(),
};

static int Bench(string project, string[] arguments) => Run("dotnet", ["run", "-c", "Release", "--project", $"bench/{project}", "--", .. arguments]);

static int Both(int first, int second) => first != 0 ? first : second;

static int Run(string program, IEnumerable<string> arguments)
{
    var start = new ProcessStartInfo(program) { UseShellExecute = false };
    foreach (var argument in arguments) { start.ArgumentList.Add(argument); }
    Console.CancelKeyPress += (_, pressed) => pressed.Cancel = true; // whatever we started hears it too, ends in its own way, and then we do
    using var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
    process.WaitForExit();
    return process.ExitCode;
}

static int Help()
{
    Console.WriteLine("""
        build.cs VERB [OPTIONS]

          build    all projects, Release
          test     all tests; ends with "N passed, N failed, N skipped"
          run      one node, e.g. run --bots 0
          tidy     layout, names and sizes of the code
          crash    kills a running node again and again, and checks that nothing was lost, e.g. crash --kills 100 [--at-syscalls]
          chaos    a cluster of three under load while something goes wrong every few seconds; then all records must agree, e.g. chaos --minutes 20 --seed 1
          servers  a private RabbitMQ and PostgreSQL for development, until Ctrl-C; what they keep stays in .servers unless --clean is given
          cluster  the same servers, and three nodes on them: a cluster on one machine
          bench    parts, whole paths in process, and the doors, e.g. bench --seconds 3; see bench/README.md
        """);
    return 2;
}
