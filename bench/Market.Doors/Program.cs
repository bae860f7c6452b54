using System.CommandLine;
using Market.Doors;

// A whole node through its doors, each path beside the limit of what it stands on, in turns in one run. Results and commands: bench/README.md.
var seconds = new Option<int>("--seconds") { Description = "How long each round measures", DefaultValueFactory = _ => 5 };
var rounds = new Option<int>("--rounds") { Description = "Rounds of node and limit in turns; the median counts", DefaultValueFactory = _ => 3 };
var only = new Option<string>("--only") { Description = "Only scenarios whose name contains this", DefaultValueFactory = _ => "" };
var folder = new Option<string>("--data") { Description = "Where journals are written; on the disk to be measured", DefaultValueFactory = _ => Path.GetTempPath() };
var json = new Option<bool>("--json") { Description = "Rows as JSON, one a line" };
var root = new RootCommand("Benchmarks of the doors of a node") { seconds, rounds, only, folder, json };
root.SetAction(async (parsed, cancel) =>
{
    var told = new DoorsOptions(
        TimeSpan.FromSeconds(parsed.GetValue(seconds)), parsed.GetValue(rounds), parsed.GetValue(only)!, parsed.GetValue(folder)!, parsed.GetValue(json));
    var table = new DoorTable(told.Json);
    await Orders.RunAsync(told, table, cancel);
    await FanOut.RunAsync(told, table, cancel);
    await Idle.RunAsync(told, table, cancel);
    table.End();
    return table.AllHold ? 0 : 1;
});
return await root.Parse(args).InvokeAsync();

namespace Market.Doors
{
    /// <summary>What the command line says.</summary>
    internal sealed record DoorsOptions(TimeSpan Time, int Rounds, string Only, string Folder, bool Json)
    {
        public bool Wants(string scenario) => scenario.Contains(Only, StringComparison.OrdinalIgnoreCase);
    }
}
