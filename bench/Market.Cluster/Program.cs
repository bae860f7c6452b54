using System.CommandLine;
using Market.Cluster;

// A cluster on this one machine, broker, database, nodes and clients on the same cores, beside what the broker does alone. Results and commands: bench/README.md.
var seconds = new Option<int>("--seconds") { Description = "How long each row measures", DefaultValueFactory = _ => 8 };
var kills = new Option<int>("--kills") { Description = "Nodes killed for the row failover", DefaultValueFactory = _ => 50 };
var only = new Option<string>("--only") { Description = "Only rows whose name contains this", DefaultValueFactory = _ => "" };
var folder = new Option<string>("--data") { Description = "Where broker and database keep what they have; on the disk to be measured", DefaultValueFactory = _ => Path.GetTempPath() };
var json = new Option<bool>("--json") { Description = "Rows as JSON, one a line" };
var root = new RootCommand("Benchmarks of a cluster") { seconds, kills, only, folder, json };
root.SetAction(async (parsed, cancel) =>
{
    var table = new ClusterTable(parsed.GetValue(json), parsed.GetValue(only)!);
    using var machine = Machine.Start(parsed.GetValue(folder)!);
    await Alone.RunAsync(machine, TimeSpan.FromSeconds(parsed.GetValue(seconds)), table, cancel);
    await AmqpAlone.RunAsync(machine, TimeSpan.FromSeconds(parsed.GetValue(seconds)), table, cancel);
    await Amqp.RunAsync(machine, TimeSpan.FromSeconds(parsed.GetValue(seconds)), table, cancel);
    await TwoNodes.RunAsync(machine, TimeSpan.FromSeconds(parsed.GetValue(seconds)), table, cancel);
    await Failover.RunAsync(machine, parsed.GetValue(kills), table, cancel);
    table.End();
    return table.AllHold ? 0 : 1;
});
return await root.Parse(args).InvokeAsync();
