using System.Net;
using System.Net.Sockets;
using Market.Actors.Journal;
using Market.Node.Journals.Postgres;

namespace Market.Servers.Tests.Journals.Postgres;

/// <summary>A place where connections are accepted, and nothing is ever said.</summary>
public sealed class PostgresSilenceTests
{
    private const int Times = 50;

    [Fact]
    public async Task Who_never_answers_is_asked_once_each_time_and_given_up()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start(2 * Times);
        var options = new PostgresOptions { ConnectionString = $"Host=127.0.0.1;Port={((IPEndPoint)silent.LocalEndpoint).Port};Database=none;Username=nobody", ConnectTimeout = TimeSpan.FromSeconds(1) };

        var opening = new List<Task<Exception?>>();
        using var apart = new PeriodicTimer(TimeSpan.FromMilliseconds(20)); // all at once, none would be given up in the millisecond that matters
        while (opening.Count < Times && await apart.WaitForNextTickAsync()) { opening.Add(OpenAsync(options)); }
        var failures = await Task.WhenAll(opening).WaitAsync(TimeSpan.FromSeconds(30));

        failures.ShouldAllBe(failure => failure is JournalUnavailableException && failure.Message.Contains("does not answer", StringComparison.Ordinal));
        Connections(silent).ShouldBe(Times); // asked again, some wait for ever
    }

    private static Task<Exception?> OpenAsync(PostgresOptions options) => Task.Factory.StartNew(
        Exception? () => Record.Exception(() => PostgresJournal.Open(options)), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private static int Connections(TcpListener listener)
    {
        var count = 0;
        for (; listener.Pending(); count++) { listener.AcceptSocket().Dispose(); }
        return count;
    }
}
