using System.Text.Json;
using Market.Node.Cli;
using Market.Node.Records;
using Market.Protocol.Values;

namespace Market.Node.Tests.Records;

/// <summary>What clients wrote down, held against the journal.</summary>
public sealed class ToldTests : IAsyncLifetime
{
    private NodeFixture _node = null!;
    private List<string> _told = [];

    public async Task InitializeAsync()
    {
        _node = await NodeFixture.StartAsync();
        var alice = await _node.JoinAsync("alice");
        const string Commands = """[{"txnId":"a","type":"BUY","shares":2},{"txnId":"b","type":"FEED","monkeys":3},{"txnId":"c","type":"FEED","monkeys":100},{"txnId":"d","type":"INVEST","invested":1.5}]""";
        var results = (await _node.CommandAsync(alice, Commands)).Json.EnumerateArray().ToList();
        var again = (await _node.CommandAsync(alice, """[{"txnId":"a","type":"BUY","shares":2}]""")).Json[0];
        _told = [.. results.Append(again).Select(Line)];
    }

    public async Task DisposeAsync() => await _node.DisposeAsync();

    [Fact]
    public void What_was_told_is_in_the_journal_also_when_told_again()
    {
        var (exit, said, _) = Verify(_told);
        said.ShouldContain("5 answers");
        said.ShouldContain("5 are in the journal as they were told");
        exit.ShouldBe(ExitCode.Done);
    }

    [Fact]
    public void A_state_without_its_score_is_as_the_door_over_Amqp_tells_it()
    {
        _told[0].ShouldContain(",\"score\":0");
        _told[0] = _told[0].Replace(",\"score\":0", "", StringComparison.Ordinal);
        Verify(_told).Exit.ShouldBe(ExitCode.Done);
    }

    [Fact]
    public void An_answer_that_the_journal_has_not_is_named_with_its_line()
    {
        _told.Insert(2, _told[0].Replace("\"txnId\":\"a\"", "\"txnId\":\"lost\"", StringComparison.Ordinal));
        _told.Insert(3, _told[0].Replace("\"txnId\":\"a\"", "\"txnId\":\"lost too\"", StringComparison.Ordinal));
        var (exit, said, _) = Verify(_told);
        said.ShouldStartWith("Line 3: banana BONOBO/alice was told MARKET lost ACCEPTED");
        said.ShouldContain("the journal has no answer to it");
        said.ShouldContain("2 are missing or otherwise");
        exit.ShouldBe(ExitCode.Failed);
    }

    [Theory]
    [InlineData("\"shares\":7", "\"shares\":8")]
    [InlineData("\"bailouts\":0", "\"bailouts\":1")]
    [InlineData("\"bailouts\":0,", "")]
    [InlineData("\"score\":0", "\"score\":1")]
    [InlineData("\"score\":0", "\"score\":0,\"luck\":1")]
    [InlineData("\"status\":\"ACCEPTED\"", "\"status\":\"INSUFFICIENT_COINS\"")]
    public void An_answer_that_the_journal_has_otherwise_is_named_with_what_it_has(string was, string now)
    {
        _told[0].ShouldContain(was);
        _told[0] = _told[0].Replace(was, now, StringComparison.Ordinal);
        var (exit, said, _) = Verify(_told);
        said.ShouldStartWith("Line 1: ");
        said.ShouldContain("but the journal has ACCEPTED {\"time\"");
        exit.ShouldBe(ExitCode.Failed);
    }

    [Theory]
    [InlineData("{\"market\":", "line 2")]
    [InlineData("7", "An answer is an object")]
    [InlineData("{\"market\":\"banana\",\"team\":\"BONOBO\",\"name\":\"alice\",\"txnId\":\"a\",\"type\":\"MARKET\"}", "\"status\" is missing")]
    public void A_line_that_is_no_answer_is_named(string line, string why)
    {
        _told.Insert(1, line);
        var (exit, _, complaint) = Verify(_told);
        complaint.ShouldContain("line 2");
        complaint.ShouldContain(why);
        exit.ShouldBe(ExitCode.Failed);
    }

    [Fact]
    public void Refusals_at_the_door_are_counted_and_not_looked_for()
    {
        _told.Add("""{"market":"banana","team":"BONOBO","name":"alice","txnId":"z","type":"MARKET","status":"RATE_LIMITED"}""");
        var (exit, said, _) = Verify(_told);
        said.ShouldContain("1 were refused at the door");
        exit.ShouldBe(ExitCode.Done);
    }

    [Fact]
    public void The_comparison_is_told_in_JSON()
    {
        _told[3] = _told[3].Replace("\"txnId\":\"d\"", "\"txnId\":\"e\"", StringComparison.Ordinal);
        var (exit, said, _) = Verify(_told, json: true);
        var report = JsonDocument.Parse(said).RootElement;
        report.GetProperty("holds").GetBoolean().ShouldBeFalse();
        report.GetProperty("kept").GetInt32().ShouldBe(4);
        report.GetProperty("missing").GetInt32().ShouldBe(1);
        report.GetProperty("first").GetProperty("line").GetInt32().ShouldBe(4);
        exit.ShouldBe(ExitCode.Failed);
    }

    [Fact]
    public async Task A_file_that_is_not_there_fails_the_verb() =>
        (await VerifyJournal.RunAsync(new VerifyOptions(_node.Folder, null, true) { ToldFile = Path.Combine(_node.Folder, "nowhere") }, CancellationToken.None)).ShouldBe(ExitCode.Failed);

    private static string Line(JsonElement result)
    {
        var fields = result.EnumerateObject().Where(field => field.Name is "txnId" or "type" or "status" or "first" or "state").Select(field => $"\"{field.Name}\":{field.Value.GetRawText()}");
        return $$"""{"market":"banana","team":"BONOBO","name":"alice",{{string.Join(',', fields)}}}""";
    }

    private (int Exit, string Out, string Error) Verify(List<string> told, bool json = false)
    {
        var file = Path.Combine(_node.Folder, "told.jsonl");
        File.WriteAllLines(file, told);
        using var output = new StringWriter();
        using var error = new StringWriter();
        var exit = VerifyTold.Run(new VerifyOptions(_node.Folder, MarketId.Of("banana"), json), file, output, error, CancellationToken.None);
        return (exit, output.ToString(), error.ToString());
    }
}
