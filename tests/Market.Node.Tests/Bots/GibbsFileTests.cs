using System.Text;
using Market.Node.Bots;
using Market.Protocol.Values;

namespace Market.Node.Tests.Bots;

public sealed class GibbsFileTests : IDisposable
{
    private const string Good = """{"time":"2018-03-20T18:34:56.789Z","author":"jane","text":"I like banana"}""";

    private readonly string _file = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():n}.jsonl");

    public void Dispose() => File.Delete(_file);

    [Fact]
    public async Task A_line_is_a_post_and_unknown_fields_mean_nothing()
    {
        Timestamp.TryRead("2018-03-20T18:34:56.789Z", out var time);
        (await ReadAsync(Good, """{"lang":"en","text":"a\nb \ud83d\udc12","id":1,"author":"mé","time":"2018-03-20T19:34:56.789+01:00","user":{"x":[1]}}"""))
            .ShouldBe([new GibbLine(time, "jane", "I like banana"), new GibbLine(time, "mé", "a\nb 🐒")]);
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    [InlineData("\n\n  \r\n")]
    public async Task Line_ends_of_every_system_and_blank_lines_are_fine(string between)
    {
        await File.WriteAllTextAsync(_file, Good + between + Good + between + Good);
        (await ReadAsync()).Count.ShouldBe(3);
    }

    [Fact]
    public async Task A_byte_order_mark_is_fine()
    {
        await File.WriteAllTextAsync(_file, Good, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
        (await ReadAsync()).Count.ShouldBe(1);
    }

    [Fact]
    public async Task An_empty_file_holds_nothing() => (await ReadAsync("")).ShouldBeEmpty();

    [Fact]
    public async Task Lines_across_buffers_are_read_whole()
    {
        var lines = Enumerable.Range(0, 5_000).Select(i => $$"""{"time":"2018-03-20T18:34:56Z","author":"a{{i}}","text":"{{new string('b', 1 + (i % 500))}}"}""").ToArray();
        var read = await ReadAsync(lines);
        read.Select(line => (line.Author, line.Text.Length)).ShouldBe(Enumerable.Range(0, 5_000).Select(i => ($"a{i}", 1 + (i % 500))));
    }

    [Theory]
    [InlineData("nonsense", "a JSON object is needed")]
    [InlineData("[1]", "a JSON object is needed")]
    [InlineData("{\"time\":\"2018-03-20T18:34:56Z\"", "a JSON object is needed")]
    [InlineData("{\"author\":\"a\",\"text\":\"b\"}", "time: an ISO-8601 time is needed")]
    [InlineData("{\"time\":1521570896000,\"author\":\"a\",\"text\":\"b\"}", "time: an ISO-8601 time is needed")]
    [InlineData("{\"time\":\"yesterday\",\"author\":\"a\",\"text\":\"b\"}", "time: an ISO-8601 time is needed")]
    [InlineData("{\"time\":\"2018-03-20T18:34:56Z\",\"text\":\"b\"}", "author: a name of 1 to 64 characters is needed")]
    [InlineData("{\"time\":\"2018-03-20T18:34:56Z\",\"author\":\"a\\nb\",\"text\":\"b\"}", "author: a name of 1 to 64 characters is needed")]
    [InlineData("{\"time\":\"2018-03-20T18:34:56Z\",\"author\":\"a\",\"text\":\" \"}", "text: a text of 1 to 500 characters is needed; this one has 1.")]
    [InlineData("{\"time\":\"2018-03-20T18:34:56Z\",\"author\":\"a\",\"text\":null}", "text: a text of 1 to 500 characters is needed")]
    [InlineData("{\"time\":\"2018-03-20T18:34:56Z\",\"author\":\"a\",\"text\":\"\\ud83d\"}", "text: a text of 1 to 500 characters is needed")]
    public async Task A_bad_line_is_refused_with_file_line_and_what_would_be_right(string bad, string needed)
    {
        var refused = await Should.ThrowAsync<GibbsFileException>(ReadAsync(Good, "", bad, Good));
        refused.Message.ShouldStartWith($"{_file}:3: {needed}");
    }

    [Fact]
    public async Task A_text_longer_than_a_gibb_is_refused_with_its_length()
    {
        var line = $$"""{"time":"2018-03-20T18:34:56Z","author":"a","text":"{{new string('b', 501)}}"}""";
        (await Should.ThrowAsync<GibbsFileException>(ReadAsync(line))).Message.ShouldBe($"{_file}:1: text: a text of 1 to 500 characters is needed; this one has 501.");
    }

    [Theory]
    [InlineData(200_000)]
    [InlineData(70_000)]
    public async Task A_line_without_end_is_refused_before_it_is_held_as_a_whole(int length) =>
        (await Should.ThrowAsync<GibbsFileException>(ReadAsync(Good, new string(' ', length)))).Message.ShouldBe($"{_file}:2: a line of at most 65536 bytes is needed.");

    [Fact]
    public async Task A_file_that_is_not_there_is_refused_by_name() =>
        (await Should.ThrowAsync<GibbsFileException>(ReadAsync())).Message.ShouldStartWith($"{_file}: a file of posts that can be read is needed");

    private async Task<List<GibbLine>> ReadAsync(params string[] lines)
    {
        if (lines.Length > 0) { await File.WriteAllLinesAsync(_file, lines); }
        var read = new List<GibbLine>();
        await foreach (var line in GibbsFile.ReadAsync(_file, default)) { read.Add(line); }
        return read;
    }
}
