using Director.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Director.Tests.Hosting;

public sealed class CompositionTests
{
    [Fact]
    public async Task A_reader_of_a_long_answer_may_pause()
    {
        using var hangUp = new HangUp();
        await using var application = Composition.Build(
            new("keepalived.conf", null, "/nowhere", null, []), new(), new(new(null), [], []), hangUp);

        Assert.Null(application.Services.GetRequiredService<IOptions<KestrelServerOptions>>().Value.Limits.MinResponseDataRate);
    }
}
