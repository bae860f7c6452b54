using System.Runtime.InteropServices;
using Market.Servers;

// A private broker and database for development, in the foreground: Ctrl-C stops both, and leaves what they keep unless --clean is given.
//
//   servers [--data .servers] [--clean]
string[] known = ["--data", "--clean"];
if (args.FirstOrDefault(word => word.StartsWith('-') && !known.Contains(word)) is { } unknown) { return Fail($"servers does not know {unknown}: servers [--data DIR] [--clean]", 2); }
if (PostgresServer.Missing is { } noDatabase) { return Fail(noDatabase); }
if (RabbitServer.Missing is { } noBroker) { return Fail(noBroker); }

const int PostgresPort = 5442;
var ports = new RabbitPorts(Amqp: 5682, Management: 15682, Tools: 25682, Names: 4379);
var at = Array.IndexOf(args, "--data");
var data = Path.GetFullPath(at >= 0 && at + 1 < args.Length ? args[at + 1] : ".servers");
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
