using System.CommandLine;
using Market.Bench;

// Whole paths in this process, each beside the limit of what it stands on. Results and commands: bench/README.md.
var seconds = new Option<int>("--seconds") { Description = "How long each scenario is measured", DefaultValueFactory = _ => 5 };
var only = new Option<string>("--only") { Description = "Only scenarios whose name contains this" };
var folder = new Option<string>("--data") { Description = "Where journals are written; on the disk to be measured", DefaultValueFactory = _ => Path.GetTempPath() };
var json = new Option<bool>("--json") { Description = "Rows as JSON, one a line" };
var traders = new Option<int>("--traders") { Description = "Traders of the large market", DefaultValueFactory = _ => 1_000_000 };

var root = new RootCommand("Benchmarks of whole paths") { seconds, only, folder, json, traders };
Add("inprocess", "Orders decided, durable and answered, by topology and load", told => InProcess.Run(told, TimeSpan.FromSeconds(told.Seconds)));
Add("recovery", "Starts from a journal, and from snapshots and a tail", RecoveryTimes.Run);
Add("memory", "What a trader at rest costs", MemoryAtRest.Run);
return root.Parse(args).Invoke();

void Add(string name, string description, Action<BenchOptions> run)
{
    var command = new Command(name, description) { seconds, only, folder, json, traders };
    command.SetAction(parsed => run(new BenchOptions(
        parsed.GetValue(seconds), parsed.GetValue(only), parsed.GetValue(folder)!, parsed.GetValue(json), parsed.GetValue(traders))));
    root.Subcommands.Add(command);
}

namespace Market.Bench
{
    /// <summary>What the command line says, for every verb.</summary>
    internal sealed record BenchOptions(int Seconds, string? Only, string Folder, bool Json, int Traders);
}
