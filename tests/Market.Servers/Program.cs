using System.Globalization;
using System.Runtime.InteropServices;
using Market.Servers;

// A private broker and database for development, and nodes of a cluster if asked for, in the foreground: Ctrl-C stops all, and leaves what they keep unless
// --clean is given.
//
//   servers [--data .servers] [--clean] [--nodes 3 --program monkonomy.dll]
string[] known = ["--data", "--clean", "--nodes", "--program"];
if (args.FirstOrDefault(word => word.StartsWith('-') && !known.Contains(word)) is { } unknown) { return Fail($"servers does not know {unknown}: servers [--data DIR] [--clean] [--nodes N --program FILE]", 2); }
if (PostgresServer.Missing is { } noDatabase) { return Fail(noDatabase); }
if (RabbitServer.Missing is { } noBroker) { return Fail(noBroker); }

const int PostgresPort = 5442;
var ports = new RabbitPorts(Amqp: 5682, Management: 15682, Tools: 25682, Names: 4379);
var data = Path.GetFullPath(Told("--data") ?? ".servers");
if (!int.TryParse(Told("--nodes") ?? "0", NumberStyles.None, CultureInfo.InvariantCulture, out var count) || count > 9) { return Fail("--nodes is a number from 0 to 9.", 2); }
var program = Path.GetFullPath(Told("--program") ?? "src/Market.Node/bin/Release/net10.0/monkonomy.dll");
if (count > 0 && !File.Exists(program)) { return Fail($"There is no {program}: ./build.sh build makes it."); }
using var stop = new ManualResetEventSlim();
using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
try
{
    using (var database = PostgresServer.Start(Path.Combine(data, "postgres"), PostgresPort))
    using (var broker = RabbitServer.Start(Path.Combine(data, "rabbitmq"), ports))
    {
        Console.WriteLine($"""
            PostgreSQL  127.0.0.1:{database.Port}, user postgres
            RabbitMQ    127.0.0.1:{ports.Amqp}, user guest, password guest; {broker.Management}
            What they keep is in {data}. Ctrl-C stops both.

            export MARKET_POSTGRES='{database.ConnectionString}'
            export MARKET_RABBITMQ='{broker.Address()}'
            """);
        using var nodes = new LocalNodes(program, data, broker.Address(), database.ConnectionString);
        nodes.Start(count);
        stop.Wait();
        Console.WriteLine("Stopping: the broker takes some seconds.");
    }
}
catch (InvalidOperationException failed)
{
    return Fail(failed.Message);
}
if (args.Contains("--clean")) { Directory.Delete(data, recursive: true); }
return 0;

string? Told(string word) => Array.IndexOf(args, word) is >= 0 and var at && at + 1 < args.Length ? args[at + 1] : null;

void Stop(PosixSignalContext signal)
{
    signal.Cancel = true;
    stop.Set();
}

static int Fail(string why, int exit = 1)
{
    Console.Error.WriteLine(why);
    return exit;
}
