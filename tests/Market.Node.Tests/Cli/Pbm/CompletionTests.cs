using Market.Node.Cli.Client;
using Market.Node.Cli.Pbm;
using Market.Node.Cli.Verbs;

namespace Market.Node.Tests.Cli.Pbm;

public sealed class CompletionTests : IDisposable
{
    private readonly Shell _shell = new();

    public void Dispose() => _shell.Dispose();

    [Theory]
    [InlineData("cl", "cluster|cluster-sharding")]
    [InlineData("cluster ", "leader|leave|listen|members|show")]
    [InlineData("cluster le", "leader|leave")]
    [InlineData("actor s", "show")]
    [InlineData("help ac", "actor")]
    [InlineData("actor top --c", "--count")]
    [InlineData("cluster show --n", "--node")]
    [InlineData("actor show /", "/banana/")]
    [InlineData("actor show /banana/p", "/banana/plantation|/banana/price")]
    [InlineData("actor show /kiwi/", "")]
    [InlineData("ex", "exit")]
    [InlineData("nonsense", "")]
    public async Task A_line_goes_on_to_verbs_options_and_addresses(string line, string words)
    {
        var completion = new Completion(PbmVerb.Of(new ClientVerbs(_shell.Around(TextWriter.Null, TextWriter.Null))), path => path switch
        {
            "/" => Task.FromResult<IReadOnlyList<string>>(["/banana/"]),
            "/banana" => Task.FromResult<IReadOnlyList<string>>(["/banana/market", "/banana/plantation", "/banana/price"]),
            _ => throw new NodeFailedException("It does not answer."),
        });

        string.Join('|', await completion.OfAsync(line)).ShouldBe(words);
    }
}
