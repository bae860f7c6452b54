using System.Globalization;
using System.Text.Json;
using Market.Chaos;
using Market.Chaos.Machines;

// The long day: three nodes, a broker and a database under load, and every few seconds something at random goes wrong. Afterwards what the traders were
// told, the journal and the boards must agree exactly.
//
//   chaos [--minutes 20] [--every 10] [--seed 1] [--orders 2000] [--kinds "node killed,broker killed"] [--network 1] [--data DIR] [--json]
string[] known = ["--minutes", "--every", "--seed", "--orders", "--kinds", "--network", "--data", "--json"];
if (args.FirstOrDefault(word => word.StartsWith('-') && !known.Contains(word)) is { } unknown) { return Fail($"chaos does not know {unknown}; it knows {string.Join(' ', known)}", 2); }
if (Room.Missing is { } missing) { return Fail(missing, 1); }
var network = Text("--network") is { } number ? int.Parse(number, CultureInfo.InvariantCulture) : (int?)null;
if (network is not null && NetworkNamespace.Missing is { } noNetwork) { return Fail(noNetwork, 1); }

var json = args.Contains("--json");
var given = Text("--data");
var folder = Directory.CreateDirectory(given ?? Directory.CreateTempSubdirectory("monkonomy-chaos-").FullName).FullName;
var report = await new LongDay(
    new DayPlan
    {
        Lasts = TimeSpan.FromMinutes(Number("--minutes", 20)),
        Every = TimeSpan.FromSeconds(Number("--every", 10)),
        Seed = (int)Number("--seed", 1),
        OrdersPerSecond = (int)Number("--orders", 2_000),
        Kinds = Text("--kinds")?.Split(','),
        Network = network,
        Folder = folder,
    },
    json ? Console.Error : Console.Out).RunAsync();

if (json) { Console.WriteLine(JsonSerializer.Serialize(report, JsonSerializerOptions.Web)); }
else { Console.WriteLine($"\n{report.Table()}"); }
foreach (var wrong in report.Wrong.Take(20)) { Console.Error.WriteLine(wrong); }
(json ? Console.Error : Console.Out).WriteLine(report);
if (report.Wrong.Count > 0) { Console.Error.WriteLine($"What was kept is in {folder}."); }
else if (given is null) { Directory.Delete(folder, recursive: true); }
return report.Wrong.Count == 0 ? 0 : 1;

double Number(string name, double fallback) => Text(name) is { } text ? double.Parse(text, CultureInfo.InvariantCulture) : fallback;

string? Text(string name) => Array.IndexOf(args, name) is var at and >= 0 && at + 1 < args.Length ? args[at + 1] : null;

static int Fail(string why, int exit)
{
    Console.Error.WriteLine(why);
    return exit;
}
