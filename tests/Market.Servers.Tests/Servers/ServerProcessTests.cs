using System.Diagnostics;

namespace Market.Servers.Tests.Servers;

public sealed class ServerProcessTests
{
    [Fact]
    public void A_server_ends_when_it_is_stopped_and_is_gone_when_it_was_killed()
    {
        using var folder = new ServerFolder();
        using var stopped = ServerProcess.Start(Path.Combine(folder.Path, "log"), "TERM", ["sleep", "1000"]);
        using var killed = ServerProcess.Start(Path.Combine(folder.Path, "log"), "TERM", ["sleep", "1000"]);
        Lives(stopped.Id).ShouldBeTrue();
        stopped.Stop();
        killed.Kill();
        Lives(stopped.Id).ShouldBeFalse();
        Lives(killed.Id).ShouldBeFalse();
    }

    [Fact]
    public void What_a_server_says_is_in_its_log()
    {
        using var folder = new ServerFolder();
        var log = Path.Combine(folder.Path, "log");
        using (var server = ServerProcess.Start(log, "TERM", ["sh", "-c", "echo $FRUIT; echo $FRUIT >&2"], new Dictionary<string, string> { ["FRUIT"] = "banana" }))
        {
            server.HasEndedWithin(TimeSpan.FromSeconds(30)).ShouldBeTrue();
        }
        File.ReadAllText(log).ShouldBe("banana\nbanana\n");
    }

    private static bool Lives(int process)
    {
        try
        {
            using var found = Process.GetProcessById(process);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
